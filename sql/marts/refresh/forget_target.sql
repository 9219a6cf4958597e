-- grain: one row a target of a stale place, to be judged again.
with targets as (
    delete from dw.agg_target as t using stale_place as s
    where (t.unit_map, t.level, t.unit_key) = (s.unit_map, s.level, s.unit_key)
),

communes as (
    delete from dw.agg_target_commune as t using stale_place as s
    where (t.unit_map, t.level, t.unit_key) = (s.unit_map, s.level, s.unit_key)
)

delete from dw.agg_attainment as t using stale_place as s
where (t.unit_map, t.level, t.unit_key) = (s.unit_map, s.level, s.unit_key)
