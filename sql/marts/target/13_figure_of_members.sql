-- makes map_figure
-- reads target_member, stale_map_unit, mart.indicator_on_map
-- one row per figure of a commune that a target about communes one by one rests on
-- why the communes themselves need not be stale, or be fetched for this map. As map_figure has them:
--   of what was reached, that since 1 January
insert into map_figure (
    unit_map, level, unit_key, year, period, measure, indicator_key, numerator, denominator, value,
    units_expected, units_reported, shares_unknown, is_self_filed
)
with member as (
    select distinct m.figure_map as unit_map, m.commune_key
    from target_member as m
    where not exists (
        select from stale_map_unit as s
        where
            (s.unit_map, s.level, s.unit_key) = (m.figure_map, 'commune', m.commune_key)
            and s.place_no = s.figures_of
    )
)

select
    f.unit_map, f.level, f.unit_key, f.year, f.period, f.measure, f.indicator_key, f.numerator,
    f.denominator, f.value, f.units_expected, f.units_reported, f.shares_unknown, f.is_self_filed
from member as c
cross join lateral (
    select
        m.unit_map, m.level, m.unit_key, m.year, m.period, m.measure, m.indicator_key, m.numerator,
        m.denominator, m.value, m.units_expected, m.units_reported, m.shares_unknown,
        m.is_self_filed
    from mart.indicator_on_map as m
    where
        m.unit_map = c.unit_map and m.level = 'commune' and m.unit_key = c.commune_key
        and (m.measure = 'baseline' or m.measure = 'actual' and ref.first_month(m.period) = 1)
    offset 0
) as f
