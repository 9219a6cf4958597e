-- grain: one row a unit, year, period, measure and indicator
create view mart.indicator_by_unit as
select
    a.level, u.unit_code, u.unit_name, u.province_name, u.district_name,
    'as_filed'::text as unit_map,
    a.year, a.period, a.measure, i.indicator_code,
    i.name_vi as indicator_name_vi, i.name_en as indicator_name_en, i.unit,
    a.numerator, a.denominator, round(a.value, i.decimals) as value,
    i.kind = 'count' as is_additive,
    a.units_expected, a.units_reported,
    round(100.0 * a.units_reported / nullif(a.units_expected, 0), 2) as coverage_pct,
    a.districts_expected, a.districts_reported, y.poverty_standard, u.sort_key
from dw.agg_indicator as a
inner join mart.unit as u on u.level = a.level and u.unit_key = a.unit_key
inner join dw.dim_indicator as i using (indicator_key)
inner join dw.dim_year as y using (year);
