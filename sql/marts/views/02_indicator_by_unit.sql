-- makes mart.indicator_by_unit
-- reads mart.indicator_on_map, mart.unit, dw.dim_indicator, dw.dim_programme, dw.dim_year,
--   ref.map_unit
-- one row per unit, map, year, period, measure and indicator
-- why this is what a BI tool reads: names, rounded values and how many communes they rest on
create view mart.indicator_by_unit as
select
    a.level, u.unit_code, u.unit_name, u.province_name, u.district_name,
    a.unit_map, a.year, a.period, a.measure, i.indicator_code,
    i.name_vi as indicator_name_vi, i.name_en as indicator_name_en, i.unit_of_measure,
    a.numerator, a.denominator, round(a.value, i.decimals) as value,
    case
        when a.shares_unknown > 0 then 'split_without_weights'
        when a.value is null and i.merger = 'none' then 'parts_make_no_number'
        else ''
    end as reason,
    i.kind <> 'rate' as is_additive,
    a.units_expected, a.units_reported,
    round(100.0 * a.units_reported / nullif(a.units_expected, 0), 2) as coverage_pct,
    a.districts_expected, a.districts_reported,
    case when a.level = 'district' and m.is_exact then 'exact'
        when a.level = 'district' and m.unit_key is not null then 'overlapping'
        else ''
    end as district_group,
    case when i.by_standard then y.poverty_standard else '' end as poverty_standard,
    a.is_self_filed, a.districts_self_filed, i.programme_code, g.name_vi as programme_vi, g.name_en as programme_en,
    u.sort_key, a.unit_key, u.valid_from, u.valid_to
from mart.indicator_on_map as a
inner join mart.unit as u on u.level = a.level and u.unit_key = a.unit_key
inner join dw.dim_indicator as i using (indicator_key)
inner join dw.dim_year as y using (year)
left join dw.dim_programme as g using (programme_code)
left join ref.map_unit as m
    on a.unit_map <> 'as_filed' and m.unit_map = a.unit_map and m.level = a.level
    and m.unit_key = a.unit_key;
