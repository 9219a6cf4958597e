-- makes stg.noted_fact
-- reads dw.fact_indicator, dw.fact_target, dw.fact_fund, dw.dim_indicator, dw.dim_fund,
--   raw.current_filing, raw.filing
-- one row per fact that counts, and whether its filing calls its figures invented
-- why measure says of a target who stated it, in the words of mart.attainment. A filing may except
--   what was reached by the indicator's name: "số liệu minh hoạ, trừ số hộ nghèo". Facts of three
--   tables come together with no condition of theirs, so that each is asked by its index
create view stg.noted_fact as
select
    f.level, f.commune_key, coalesce(f.commune_key, f.district_key, f.province_key) as unit_key,
    f.province_key, f.year, f.period,
    case
        when f.said <> 'assigned' then f.said
        when g.filer_level = 'province' and f.level <> 'province' then 'province'
        when g.filer_level = 'district' and f.level = 'commune' then 'district'
        else 'own_plan'
    end as measure,
    coalesce(i.indicator_code, d.project_code) as code,
    g.illustrative_note <> '' and (
        f.is_target or f.fund_key is not null or f.said = 'baseline'
        or strpos(lower(substring(g.illustrative_note from ' trừ .*')), lower(i.name_vi)) = 0
        or g.illustrative_note !~ ' trừ '
    ) as is_invented
from (
    select
        filing_id, level, commune_key, district_key, province_key, year, period, measure as said,
        indicator_key, null::smallint as fund_key, state, false as is_target
    from dw.fact_indicator
    union all
    select
        filing_id, level, commune_key, district_key, province_key, year, period, basis,
        indicator_key, null::smallint, 'value', true
    from dw.fact_target
    union all
    select
        filing_id, level, commune_key, district_key, province_key, year, period, stage,
        null::smallint, fund_key, state, false
    from dw.fact_fund
) as f
inner join raw.current_filing using (filing_id)
inner join raw.filing as g using (filing_id)
left join dw.dim_indicator as i using (indicator_key)
left join dw.dim_fund as d using (fund_key)
where f.state = 'value';
