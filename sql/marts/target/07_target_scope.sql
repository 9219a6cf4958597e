-- makes target_scope
-- reads stated_target, dw.dim_indicator, map_figure, ref.map_unit, ref.map_share, dw.dim_commune
-- one row per target of a stale map unit: whether its indicator counts units of other types than it
--   is about, or it is about units that its indicator leaves out
-- why "số xã" of a district with a township is not about all of its units; where it has none of the
--   other types both say the same
create temporary table target_scope on commit drop as
with filed_whole as (
    select distinct p.target_no
    from stated_target as p
    inner join map_figure as f
        on f.place_no = p.figures_of and f.indicator_key = p.indicator_key
        and f.measure = 'actual' and f.year between p.year_from and p.year
    where p.quantity in ('per_unit_minimum', 'per_unit_average')
),

read as (
    select
        p.target_no, p.unit_map, p.level, p.unit_key, p.unit_scope, i.each_unit_of,
        i.unit_scope as own_scope, f.target_no is not null as is_filed_whole
    from stated_target as p
    inner join dw.dim_indicator as i using (indicator_key)
    left join filed_whole as f using (target_no)
),

judged as (
    select
        r.target_no, r.unit_map, r.level, r.unit_key, r.unit_scope, r.is_filed_whole,
        coalesce(e.unit_scope, r.own_scope) as counted_scope
    from read as r
    left join dw.dim_indicator as e
        on not r.is_filed_whole and e.indicator_code = r.each_unit_of
)

select
    j.target_no, j.is_filed_whole, coalesce(n.is_of_part, false) as is_of_part,
    coalesce(n.is_of_more, false) as is_of_more
from judged as j
left join lateral (
    select
        bool_or(
            ref.in_scope(j.counted_scope, c.unit_type)
            and not ref.in_scope(j.unit_scope, c.unit_type)
        ) as is_of_part,
        bool_or(
            ref.in_scope(j.unit_scope, c.unit_type)
            and not ref.in_scope(j.counted_scope, c.unit_type)
        ) as is_of_more
    from ref.map_unit as u
    inner join ref.map_share as w using (map_unit_no)
    inner join dw.dim_commune as c using (commune_key)
    where
        j.unit_scope <> j.counted_scope
        and (u.unit_map, u.level, u.unit_key) = (j.unit_map, j.level, j.unit_key)
) as n on true
