-- makes stated_target
-- reads target_place, dw.fact_target, mart.target_version, dw.dim_indicator, dw.agg_indicator
-- one row per stale map unit and target stated for its unit, from filings that stand
-- why a commune's own plan stands for the one that it alone became, what others asked of it counts in
--   sums only. A printed rate was rounded; where the counts it was rounded from are known the target
--   is theirs (target_exact)
create temporary table stated_target on commit drop as
with version as materialized (  -- joined to the view's rows, each would be held against all
    select filing_id, filer_level, version, in_force_from, in_force_to, is_current
    from mart.target_version
),

stated as (
    select
        f.level, coalesce(f.commune_key, f.district_key, f.province_key) as stated_key,
        f.filing_id || '|' || f.sheet || '|' || f.cell as target_id, f.year, f.period, f.indicator_key, f.basis, f.operator, f.target_value, f.target_value_high,
        coalesce(a.value, f.target_value) as target_exact, f.unit_of_measure, f.text_as_printed,
        f.section, f.filing_id, f.sheet, f.cell, f.quantity, f.period_type, f.year_from, f.year_to,
        f.sub_population, f.unit_scope, f.measured_against, f.is_aspirational, f.is_inferred, f.total_value,
        f.statement_no, f.component_of, f.paired_with, f.document, f.named_standard, v.version, v.in_force_from,
        v.in_force_to, v.is_current, coalesce(f.programme_code, i.programme_code) as programme_code, case
            when f.basis <> 'assigned' then null
            when v.filer_level = 'province' and f.level <> 'province' then 'province'
            when v.filer_level = 'district' and f.level = 'commune' then 'district'
            else 'own_plan'
        end as asked_by
    from dw.fact_target as f
    inner join version as v using (filing_id)
    inner join dw.dim_indicator as i using (indicator_key)
    left join lateral (  -- found target by target (offset 0)
        select c.value from dw.agg_indicator as c
        where
            i.kind = 'rate' and c.level = f.level and c.unit_key = f.commune_key
            and c.year = f.year and c.period = f.period and c.measure = f.basis
            and c.indicator_key = f.indicator_key and c.unit_map = 'as_filed'
            and (f.basis = 'registered' or v.filer_level <> f.level)
            and round(c.value, i.decimals) = f.target_value
        offset 0
    ) as a on true
    where (f.state = 'value' or f.operator = 'none') and f.basis <> 'assigned_total'
)

select
    row_number() over ()::integer as target_no,
    p.place_no, p.figures_of, p.unit_map, p.level, p.unit_key, s.target_id, s.indicator_key, s.year, s.period, s.basis, s.operator, s.target_value, s.target_value_high,
    s.target_exact, s.unit_of_measure, s.text_as_printed, s.section, s.filing_id, s.sheet, s.cell,
    null::integer as units_expected, null::integer as units_reported, 0 as shares_unknown,
    s.quantity, s.period_type, s.year_from, s.year_to, s.sub_population, s.unit_scope,
    s.measured_against, s.is_aspirational, s.is_inferred, s.total_value, s.statement_no,
    s.component_of, s.paired_with, s.document, s.version, s.in_force_from, s.in_force_to,
    s.is_current, s.asked_by, s.named_standard, s.programme_code
from target_place as p
inner join stated as s using (level, stated_key)
where p.is_of_unit or s.asked_by = 'own_plan'
