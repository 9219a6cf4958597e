-- makes alike_figure
-- reads alike_commune, commune_figure
-- one row per figure of communes that are alike: its sum, under the key of one of them
-- why districts and provinces add these sums up, which are few, not the figures of their communes
-- for example: poor households of Na Rì's 17 communes on 30 June 2025, 163 + … = 2 810 of 10 321: one row
--   (numerator 2 810, denominator 10 321, units 17) instead of 17, added to Na Rì's sum and the province's
create temporary table alike_figure on commit drop as
select
    a.first_key as commune_key, f.year, f.district_key, f.period, f.measure, f.indicator_key,
    f.figure_on, f.nearest_on, f.is_bridged, f.unit_scope, f.kind, sum(f.numerator) as numerator,
    sum(f.denominator) as denominator, count(*)::integer as units
from commune_figure as f
inner join alike_commune as a using (commune_key, year, figure_on, is_bridged)
where f.numerator is not null
group by
    a.first_key, f.year, f.district_key, f.period, f.measure, f.indicator_key, f.figure_on,
    f.nearest_on, f.is_bridged, f.unit_scope, f.kind
