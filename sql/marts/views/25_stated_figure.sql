-- makes stg.stated_figure
-- reads dw.fact_indicator, dw.dim_indicator, dw.fact_target, dw.fact_fund, dw.dim_fund
-- one row per fact of any filing, indicators, targets and money alike
-- why two versions of a filing are compared figure by figure, whatever they are of
create view stg.stated_figure as
select
    f.filing_id, 'indicator' as fact, f.level,
    coalesce(f.commune_key, f.district_key, f.province_key) as unit_key, f.year, f.period,
    f.measure, f.indicator_key, i.indicator_code as code, '' as part, i.unit_of_measure,
    f.value, f.sheet, f.cell, f.text_as_filed
from dw.fact_indicator as f
inner join dw.dim_indicator as i using (indicator_key)
union all
select
    f.filing_id, 'target', f.level, coalesce(f.commune_key, f.district_key, f.province_key),
    f.year, f.period, f.basis, f.indicator_key, i.indicator_code,
    concat_ws('|', f.statement_no, f.quantity, f.sub_population), f.unit_of_measure, f.target_value,
    f.sheet, f.cell, f.text_as_filed
from dw.fact_target as f
inner join dw.dim_indicator as i using (indicator_key)
union all
select
    f.filing_id, 'fund', f.level, coalesce(f.commune_key, f.district_key, f.province_key),
    f.year, f.period, f.stage, null, coalesce(d.project_code, d.programme_code),
    concat_ws('|', f.fund_key, f.year_from), 'million_vnd', f.amount_million_vnd, f.sheet, f.cell,
    f.text_as_filed
from dw.fact_fund as f
inner join dw.dim_fund as d using (fund_key);
