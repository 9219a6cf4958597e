-- makes unit_part
-- reads counted_share, commune_figure, alike_figure, counted_elsewhere, merged_commune
-- one row per stale unit of a map, period, measure, indicator, district in it, day of the figure
--   and nearest day of its communes: what the communes add up to
-- why a commune counts with the share that the unit has of it; a rate without counts (rate) counts
--   where it is the only one
-- for example: the new Côn Minh on the map of 1 July, count of 30 June: 689 + 401 + 414 = 1 504, units 3. A
--   commune with 200 and weight 0.6 would add 120; with weight null nothing, and shares_unknown 1
create temporary table unit_part on commit drop as
with counted as (
    select
        s.map_unit_no, s.commune_key, s.weight, s.is_in_part, f.year, f.district_key, f.period,
        f.measure, f.indicator_key, f.figure_on, f.nearest_on, f.unit_scope, f.kind, f.numerator,
        f.denominator, f.value, 1 as units
    from counted_share as s
    inner join commune_figure as f using (commune_key, year, figure_on, is_bridged)
    where s.level = 'commune'
    union all
    select
        s.map_unit_no, s.commune_key, s.weight, s.is_in_part, f.year, f.district_key, f.period,
        f.measure, f.indicator_key, f.figure_on, f.nearest_on, f.unit_scope, f.kind, f.numerator,
        f.denominator, null, f.units
    from counted_share as s
    inner join alike_figure as f using (commune_key, year, figure_on, is_bridged)
    where s.level <> 'commune'
)

select
    c.map_unit_no, c.year, c.district_key, c.period, c.measure, c.indicator_key, c.figure_on,
    c.nearest_on, sum(c.numerator * w.weight) as numerator,
    sum(c.denominator * w.weight) as denominator, max(c.value * w.weight) as rate,
    sum(c.units) as units,
    coalesce(sum(c.units) filter (where c.numerator is not null), 0) as units_counted,
    coalesce(sum(c.units) filter (where w.weight is null), 0) as shares_unknown,
    coalesce(sum(o.communes), 0) as units_merged
from counted as c
cross join lateral (
    -- a yes of half a commune is none
    select case when c.kind <> 'yes_no' or c.weight = 1 then c.weight end as weight
) as w
left join merged_commune as o using (map_unit_no, commune_key, figure_on, year, unit_scope)
where
    not (c.is_in_part and exists (
        select from counted_elsewhere as e
        where
            e.map_unit_no = c.map_unit_no and e.commune_key = c.commune_key
            and e.year = c.year and e.period = c.period and e.measure = c.measure
            and e.indicator_key = c.indicator_key
    ))
group by
    c.map_unit_no, c.indicator_key, c.district_key, c.figure_on, c.nearest_on, c.year, c.period,
    c.measure
