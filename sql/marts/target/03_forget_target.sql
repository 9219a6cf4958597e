-- makes dw.agg_attainment, dw.agg_target, dw.agg_target_commune
-- reads stale_map_unit
-- one row per target of a stale map unit: it goes
-- why the models after this one judge it again
with target as (
    delete from dw.agg_target as t using stale_map_unit as s
    where (t.unit_map, t.level, t.unit_key) = (s.unit_map, s.level, s.unit_key)
),

commune as (
    delete from dw.agg_target_commune as t using stale_map_unit as s
    where (t.unit_map, t.level, t.unit_key) = (s.unit_map, s.level, s.unit_key)
)

delete from dw.agg_attainment as t using stale_map_unit as s
where (t.unit_map, t.level, t.unit_key) = (s.unit_map, s.level, s.unit_key)
