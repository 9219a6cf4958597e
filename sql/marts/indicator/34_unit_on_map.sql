-- makes dw.agg_indicator
-- reads unit_total, stands_as_filed, ref.map_share
-- one row per stale unit of a map, period, measure and indicator
-- why a unit in force on the figure's day that has it as filed, or bridged, needs no row of its own
--   on a map (mart.indicator_on_map shows that one there), unless it has other communes there. What
--   has no number goes to dw.agg_indicator_unknown
insert into dw.agg_indicator (
    level, unit_key, district_key, province_key, year, period, measure, indicator_key, numerator,
    denominator, value, units_expected, units_reported, districts_expected, districts_reported,
    unit_map, shares_unknown
)
select
    t.level, t.unit_key, t.district_key, t.province_key, t.year, t.period, t.measure,
    t.indicator_key, t.numerator, t.denominator, t.value, t.units_expected, t.units_reported,
    t.districts_expected, t.districts_reported, t.unit_map, t.shares_unknown
from unit_total as t
left join stands_as_filed as f using (map_unit_no, year, period, measure, indicator_key)
where t.unit_map <> 'as_filed' and case
    when f.map_unit_no is null then not t.is_unknown
    else
        not t.is_in_force
        or t.map_unit_no not in (select map_unit_no from ref.map_share where is_itself)
end
order by t.unit_key  -- as in commune_as_filed
