-- makes stg.touched_figure
-- reads stg.touched, stg.touched_unit, ref.map_unit, dw.agg_indicator
-- one row per aggregate of a touched commune, as filed, or of a unit that has people of one
-- why checks ask of all that a night has computed again, not of what lies beside it
create view stg.touched_figure as
select
    a.level, a.unit_key, a.year, a.period, a.measure, a.indicator_key, a.numerator, a.denominator,
    a.units_expected, a.units_reported, a.districts_expected, a.districts_reported
from stg.touched as t
inner join dw.agg_indicator as a
    on (a.unit_map, a.level, a.unit_key, a.year) = ('as_filed', 'commune', t.commune_key, t.year)
union all
select
    a.level, a.unit_key, a.year, a.period, a.measure, a.indicator_key, a.numerator, a.denominator,
    a.units_expected, a.units_reported, a.districts_expected, a.districts_reported
from stg.touched_unit as t
inner join ref.map_unit as m using (map_unit_no)
inner join dw.agg_indicator as a
    on (a.unit_map, a.level, a.unit_key, a.year) = (m.unit_map, m.level, m.unit_key, t.year);
