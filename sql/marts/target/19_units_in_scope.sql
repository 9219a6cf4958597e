-- makes units_in_scope
-- reads stated_target, map_figure, ref.map_unit, ref.map_share, dw.dim_commune
-- one row per stale map unit, scope of a target about its units, year and period that it has
--   figures of: how many units of that scope there were on the period's last day
-- why "of how many" is counted by the register, in one place for N of M, shares of units and
--   averages of each. After the last day that the unit had any, those of that day count; where it
--   has a part of one only, nobody knows how many
create temporary table units_in_scope on commit drop as
with asked as (
    select distinct
        t.place_no, t.unit_map, t.level, t.unit_key, t.unit_scope, f.year, f.period
    from stated_target as t
    inner join map_figure as f on f.place_no = t.figures_of
    where
        t.quantity in ('n_of_m', 'share_of_units', 'per_unit_average') and f.measure = 'actual'
        and f.year between t.year_from and t.year
),

unit as (
    select
        a.place_no, c.unit_type, c.valid_from, c.valid_to,
        coalesce(w.weight = 1, false) as is_whole,
        max(c.valid_to) over (partition by u.map_unit_no) - 1 as last_on
    from (select distinct place_no, unit_map, level, unit_key from asked) as a
    inner join ref.map_unit as u using (unit_map, level, unit_key)
    inner join ref.map_share as w using (map_unit_no)
    inner join dw.dim_commune as c using (commune_key)
)

select
    a.place_no, a.unit_map, a.level, a.unit_key, a.unit_scope, a.year, a.period,
    case when bool_and(u.is_whole) is not false then count(u.place_no) end as units
from asked as a
left join unit as u
    on u.place_no = a.place_no and ref.in_scope(a.unit_scope, u.unit_type)
    and least(ref.last_day(a.period, a.year), u.last_on) between u.valid_from and u.valid_to - 1
group by a.place_no, a.unit_map, a.level, a.unit_key, a.unit_scope, a.year, a.period
