-- makes stated_target
-- reads stale_map_unit, ref.map_unit, stg.sole_former, dw.fact_target, mart.target_version,
--   dw.dim_indicator, dw.agg_indicator
-- one row per stale map unit and target stated for its unit, from filings that stand
-- why a target stands on the maps that its unit is on, a commune's own also on those of the one that
--   it alone became; elsewhere it counts in sums only. A printed rate was rounded; where the counts
--   it was rounded from are known the target is theirs (target_exact)
create temporary table stated_target on commit drop as
with place as (
    select unit_map, level, unit_key, unit_key as stated_key from stale_map_unit
    union all
    select p.unit_map, p.level, p.unit_key, f.commune_key
    from stale_map_unit as p
    inner join ref.map_unit as u using (unit_map, level, unit_key)
    inner join lateral (
        select commune_key from stg.sole_former where map_unit_no = u.map_unit_no offset 0
    ) as f on p.level = 'commune'
),

stated as (
    select
        p.unit_map, p.level, p.unit_key, p.unit_key = p.stated_key as is_of_unit, f.year, f.period,
        f.indicator_key, f.basis, f.operator, f.target_value, f.target_value_high,
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
    inner join place as p
        on p.level = f.level
        and p.stated_key = coalesce(f.commune_key, f.district_key, f.province_key)
    inner join mart.target_version as v using (filing_id)
    inner join dw.dim_indicator as i using (indicator_key)
    left join dw.agg_indicator as a
        on i.kind = 'rate' and a.level = f.level and a.unit_key = f.commune_key
        and a.year = f.year and a.period = f.period and a.measure = f.basis
        and a.indicator_key = f.indicator_key and a.unit_map = 'as_filed'
        and (f.basis = 'registered' or v.filer_level <> f.level)
        and round(a.value, i.decimals) = f.target_value
    where (f.state = 'value' or f.operator = 'none') and f.basis <> 'assigned_total'
)

select
    row_number() over ()::integer as target_no,
    s.unit_map, s.level, s.unit_key, s.filing_id || '|' || s.sheet || '|' || s.cell as target_id,
    s.indicator_key, s.year, s.period, s.basis, s.operator, s.target_value, s.target_value_high,
    s.target_exact, s.unit_of_measure, s.text_as_printed, s.section, s.filing_id, s.sheet, s.cell,
    null::integer as units_expected, null::integer as units_reported, 0 as shares_unknown,
    s.quantity, s.period_type, s.year_from, s.year_to, s.sub_population, s.unit_scope,
    s.measured_against, s.is_aspirational, s.is_inferred, s.total_value, s.statement_no,
    s.component_of, s.paired_with, s.document, s.version, s.in_force_from, s.in_force_to,
    s.is_current, s.asked_by, s.named_standard, s.programme_code
from stated as s
where s.is_of_unit or s.asked_by = 'own_plan'
