-- makes unit_part
-- reads stale_unit, ref.map_share, commune_figure, counted_elsewhere, merged_commune
-- one row per stale unit of a map, period, measure, indicator, district in it, day of the figure
--   and nearest day of its communes: what the communes add up to
-- why a commune counts with the share that the unit has of it. As filed: what it filed. On a map:
--   what is bridged, and what it filed, but for the unit's own communes on a day when the unit was
--   in force, whose figures stand on the map as they were filed
create temporary table unit_part on commit drop as
with counted as (
    select
        s.map_unit_no, f.year, f.district_key, f.period, f.measure, f.indicator_key, f.figure_on,
        f.nearest_on, f.commune_key, f.unit_scope, f.numerator, f.denominator, f.value,
        -- a yes of half a commune is none
        case when f.kind <> 'yes_no' or m.weight = 1 then m.weight end as weight
    from stale_unit as s
    inner join ref.map_share as m using (map_unit_no)
    inner join commune_figure as f on f.commune_key = m.commune_key and f.year = s.year
    where
        (f.numerator is not null or s.level = 'commune')
        and case
            when f.is_bridged
                then s.unit_map <> 'as_filed' and not (s.level = 'commune' and m.is_itself)
            else
                s.unit_map = 'as_filed' or not m.is_itself
                or f.figure_on < s.valid_from or f.figure_on >= s.valid_to
        end
        and not exists (
            select from counted_elsewhere as o
            where
                o.map_unit_no = s.map_unit_no and o.commune_key = f.commune_key
                and o.year = f.year and o.period = f.period and o.measure = f.measure
                and o.indicator_key = f.indicator_key
        )
)

select
    c.map_unit_no, c.year, c.district_key, c.period, c.measure, c.indicator_key, c.figure_on,
    c.nearest_on, sum(c.numerator * c.weight) as numerator,
    sum(c.denominator * c.weight) as denominator, sum(c.value * c.weight) as rate,
    count(*) as units, count(c.numerator) as units_counted,
    count(*) - count(c.weight) as shares_unknown,
    coalesce(sum(o.communes), 0) as units_merged
from counted as c
left join merged_commune as o using (map_unit_no, commune_key, figure_on, year, unit_scope)
group by
    c.map_unit_no, c.year, c.district_key, c.period, c.measure, c.indicator_key, c.figure_on,
    c.nearest_on
