-- makes counted_elsewhere
-- reads commune_figure, stale_unit, ref.unit_path, ref.map_share
-- one row per stale unit of a map and a figure of a commune that does not count in it
-- why the commune was not in force on the figure's day, and one that was, or was nearer to it, and
--   that it became or came of, has the same figure in the unit
-- for example: on 1 July 2025 Côn Minh (689 households), Quang Phong (401) and Dương Sơn (414) became the
--   new Côn Minh. For 31 December the new one files 1 504, and Quang Phong, late, its 401: the new one was
--   in force that day (days_off 0), Quang Phong had ended 184 days before. The 401 stand within the 1 504:
--   one row here for each unit that both lie in, and Quang Phong counts in none of them
create temporary table counted_elsewhere on commit drop as
with related as (
    select from_key as one_key, to_key as other_key from ref.unit_path
    union all
    select to_key, from_key from ref.unit_path
),

late as (
    select
        f.commune_key, r.other_key, f.year, f.period, f.measure, f.indicator_key, f.days_off
    from commune_figure as f
    inner join related as r on r.one_key = f.commune_key
    where f.days_off > 0
),

nearer as (
    select l.commune_key, l.other_key, l.year, l.period, l.measure, l.indicator_key
    from late as l
    inner join commune_figure as f
        on f.commune_key = l.other_key and f.year = l.year and f.indicator_key = l.indicator_key
        and f.period = l.period and f.measure = l.measure
        and f.days_off < l.days_off
)

select distinct m.map_unit_no, v.commune_key, v.year, v.period, v.measure, v.indicator_key
from nearer as v
inner join ref.map_share as m on m.commune_key = v.commune_key
inner join ref.map_share as n on n.commune_key = v.other_key and n.map_unit_no = m.map_unit_no
inner join stale_unit as s on s.map_unit_no = m.map_unit_no and s.year = v.year
