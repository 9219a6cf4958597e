-- makes stg.noted_fact
-- reads dw.fact_indicator, dw.fact_target, dw.fact_fund, dw.dim_indicator, dw.dim_fund,
--   raw.current_filing, raw.filing
-- one row per fact that counts, and whether its filing calls its figures invented
-- why measure says of a target who stated it, in the words of mart.attainment. A filing may except
--   what was reached by the indicator's name: "số liệu minh hoạ, trừ số hộ nghèo"
create view stg.noted_fact as
select
    f.level, f.commune_key, coalesce(f.commune_key, f.district_key, f.province_key) as unit_key,
    f.province_key, f.year, f.period, f.measure, i.indicator_code as code,
    g.illustrative_note <> '' and (
        f.measure = 'baseline'
        or strpos(lower(substring(g.illustrative_note from ' trừ .*')), lower(i.name_vi)) = 0
        or g.illustrative_note !~ ' trừ '
    ) as is_invented
from dw.fact_indicator as f
inner join dw.dim_indicator as i using (indicator_key)
inner join raw.current_filing using (filing_id)
inner join raw.filing as g using (filing_id)
where f.state = 'value'
union all
select
    f.level, f.commune_key, coalesce(f.commune_key, f.district_key, f.province_key),
    f.province_key, f.year, f.period,
    case
        when f.basis <> 'assigned' then f.basis
        when g.filer_level = 'province' and f.level <> 'province' then 'province'
        when g.filer_level = 'district' and f.level = 'commune' then 'district'
        else 'own_plan'
    end,
    i.indicator_code, g.illustrative_note <> ''
from dw.fact_target as f
inner join dw.dim_indicator as i using (indicator_key)
inner join raw.current_filing using (filing_id)
inner join raw.filing as g using (filing_id)
union all
select
    f.level, f.commune_key, coalesce(f.commune_key, f.district_key, f.province_key),
    f.province_key, f.year, f.period, f.stage, d.project_code, g.illustrative_note <> ''
from dw.fact_fund as f
inner join dw.dim_fund as d using (fund_key)
inner join raw.current_filing using (filing_id)
inner join raw.filing as g using (filing_id)
where f.state = 'value';
