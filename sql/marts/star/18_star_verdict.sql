-- makes dw.star_verdict
-- reads stale_map_unit, ref.map_date, dw.dim_unit, dw.agg_attainment, dw.agg_target
-- one row per stale unit on the latest map, target and year, at the latest period reported
-- why rows are counted, and what is asked of a unit by its district, its province, its own plan, or as
--   a sum, is one target: the nearest superior's word counts, as docs/attainment.md has it; of two
--   versions the later. What was out of force before the year counts no more
insert into dw.star_verdict (level, unit_id, year, target_id, period, indicator_key, is_official)
with latest as (
    select distinct on (u.unit_id, a.year, a.target_id)
        a.level, u.unit_id, a.year, a.target_id, a.period, t.indicator_key, t.sub_population,
        t.unit_scope, t.year_from, t.year_to, t.version, t.statement_no,
        coalesce(t.in_force_to, 'infinity') as in_force_to,
        array_position(
            array['district', 'province', 'own_plan', 'assigned_total', 'assigned_sum', 'registered', 'registered_sum'],
            coalesce(t.asked_by, t.basis)
        ) as place
    from stale_map_unit as s
    inner join dw.agg_attainment as a using (unit_map, level, unit_key)
    inner join dw.agg_target as t using (unit_map, level, unit_key, target_id)
    inner join dw.dim_unit as u
        on u.level = a.level and u.unit_key = a.unit_key and u.is_on_map and not u.is_rest
    where s.unit_map = (select unit_map from ref.map_date order by map_on desc limit 1)
    order by u.unit_id, a.year, a.target_id, ref.last_month(a.period) desc, a.period desc
)

select
    level, unit_id, year, target_id, period, indicator_key,
    in_force_to > make_date(year, 1, 1) and row_number() over (
        partition by unit_id, year, indicator_key, sub_population, unit_scope, year_from, year_to
        order by
            in_force_to <= make_date(year, 1, 1), place, in_force_to desc, version desc nulls last,
            statement_no, target_id
    ) = 1
from latest
