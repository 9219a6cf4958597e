-- makes mart.fund_district_by_period
-- reads dw.star_fund, dw.dim_year, dw.dim_period, dw.dim_unit, mart.dim_fund
-- one row per district on the latest map, period of a year and line of money: project, source and nature
-- why whoever asks for a period names it: it has no column for the year alone, since what was done by
--   two periods of a year is never added up
create view mart.fund_district_by_period as
select
    u.unit_id, u.unit_code, u.unit_name, u.unit_label, u.is_rest, u.province_id, u.province_code,
    u.province_name,
    y.year || '-' || p.period as period_key, p.name_vi as period_vi, p.name_en as period_en,
    ref.last_day(a.period, a.year) as figure_on, a.fund_key, f.programme_code, f.programme_vi,
    f.programme_en, f.is_whole_programme, f.project_code, f.project_vi, f.project_en, f.source,
    f.source_vi, f.source_en, f.nature, f.nature_vi, f.nature_en,
    a.allocated_million_vnd, a.disbursed_million_vnd, a.mobilised_million_vnd,
    a.units_expected, a.units_reported, a.is_illustrative, u.sort_order
from dw.star_fund as a
inner join dw.dim_year as y using (year)
inner join dw.dim_period as p using (period)
inner join dw.dim_unit as u using (unit_id)
inner join mart.dim_fund as f using (fund_key)
where
    a.level = 'district'
    and num_nonnulls(a.allocated_million_vnd, a.disbursed_million_vnd, a.mobilised_million_vnd) > 0;
