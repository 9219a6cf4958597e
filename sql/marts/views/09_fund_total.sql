-- makes mart.fund_total
-- reads mart.fund_total_on_map
-- one row per unit, years (year_from to year), period, programme and source, over all project
--   lines
-- why most questions are about units as they filed; on maps the same money stands again
create view mart.fund_total as
select
    level, unit_code, unit_name, province_name, district_name, unit_map, year_from, year, period,
    programme_code, programme_vi, programme_en, source, source_vi, source_en, need_million_vnd,
    plan_million_vnd, allocated_million_vnd, disbursed_million_vnd, mobilised_million_vnd,
    disbursed_pct, units_expected, units_reported, coverage_pct, sort_key
from mart.fund_total_on_map
where unit_map = 'as_filed';
