-- makes mart.fund_on_map
-- reads stg.fund_line, mart.unit, dw.dim_fund, dw.dim_programme
-- one row per map, unit on it, years (year_from to year), period, project line, source and nature
-- why the year's plan and need stand beside each period, so never sum over periods. Amounts of
--   several years have rows of their own; is_whole_programme is the line of the whole
--   programme, never added to others. An amount that is not split into capital and recurrent has a row
--   with no nature: the sum over natures is that of the line
create view mart.fund_on_map as
select
    a.level, u.unit_code, u.unit_name, u.province_name, u.district_name,
    a.unit_map, a.year_from, a.year, a.period,
    f.programme_code, g.name_vi as programme_vi, g.name_en as programme_en,
    f.is_whole_programme, f.project, f.sub_project, f.project_code, f.project_vi, f.project_en,
    f.source, f.source_vi, f.source_en, f.nature,
    a.need_million_vnd, a.plan_million_vnd, a.allocated_million_vnd, a.disbursed_million_vnd,
    a.mobilised_million_vnd,
    round(100 * a.disbursed_million_vnd / nullif(a.allocated_million_vnd, 0), 2) as disbursed_pct,
    a.units_expected, a.units_reported,
    -- coverage is of the communes' execution; a plan or a need alone has none
    case
        when num_nonnulls(
            a.allocated_million_vnd, a.disbursed_million_vnd, a.mobilised_million_vnd
        ) > 0 or a.units_reported > 0
            then round(100.0 * a.units_reported / nullif(a.units_expected, 0), 2)
    end as coverage_pct,
    u.sort_key, a.unit_key
from stg.fund_line as a
inner join mart.unit as u on u.level = a.level and u.unit_key = a.unit_key
inner join dw.dim_fund as f using (fund_key)
inner join dw.dim_programme as g using (programme_code);
