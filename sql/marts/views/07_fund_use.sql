-- makes mart.fund_use
-- reads mart.fund_on_map
-- one row per unit, years (year_from to year), period, project line, source and nature
-- why most questions are about units as they filed; on maps the same money stands again
create view mart.fund_use as
select
    level, unit_code, unit_name, province_name, district_name, unit_map, year_from, year, period,
    programme_code, programme_vi, programme_en, is_whole_programme, project, sub_project, project_code, project_vi, project_en, source, source_vi,
    source_en, nature, need_million_vnd, plan_million_vnd, allocated_million_vnd, disbursed_million_vnd,
    mobilised_million_vnd, disbursed_pct, units_expected, units_reported, coverage_pct, sort_key
from mart.fund_on_map
where unit_map = 'as_filed';
