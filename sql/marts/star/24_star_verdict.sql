-- makes dw.star_verdict
-- reads stale_map_unit, ref.map_date, dw.dim_unit, dw.agg_attainment, dw.agg_target
-- one row per target of a stale unit on the latest map and year: its verdict at the latest period
--   reported
-- why rows are counted, and found by year and indicator without looking at all of them. What is asked of
--   a unit by its district, its province, its own plan, or as a sum, is one target: the nearest
--   superior's word counts, as docs/attainment.md has it; of two versions the later. What was out of
--   force before the year counts no more
insert into dw.star_verdict (
    level, unit_id, year, period, indicator_key, programme_code, target_id, basis, asked_by,
    text_as_printed, unit_of_measure, target_value, actual_value, remaining_value, attainment_pct,
    due_pct, verdict, reason, units_expected, units_reported, year_from, year_to, document,
    statement_no, filing_id, is_official
)
with latest as (
    select distinct on (u.unit_id, o.year, o.target_id)
        u.level, u.unit_id, o.year, o.period, o.indicator_key, o.programme_code, o.target_id, o.basis,
        o.asked_by, o.text_as_printed, o.unit_of_measure, o.target_value, o.actual_value,
        o.remaining_value, o.attainment_pct, o.due_pct, o.verdict, o.reason, o.units_expected,
        o.units_reported, o.year_from, o.year_to, o.document, o.statement_no, o.filing_id,
        o.sub_population, o.unit_scope, o.version, o.in_force_to,
        array_position(
            array['district', 'province', 'own_plan', 'assigned_total', 'assigned_sum', 'registered', 'registered_sum'],
            coalesce(o.asked_by, o.basis)
        ) as place
    from stale_map_unit as s
    inner join dw.dim_unit as u
        on u.level = s.level and u.unit_key = s.unit_key and u.is_on_map and not u.is_rest
    cross join lateral (  -- fetched unit by unit (offset 0)
        select
            a.year, a.period, t.indicator_key, t.programme_code, t.target_id, t.basis, t.asked_by,
            t.text_as_printed, t.unit_of_measure, t.target_value, a.actual_value, a.remaining_value,
            a.attainment_pct, a.due_pct, a.verdict, a.reason, a.units_expected, a.units_reported,
            t.year_from, t.year_to, t.document, t.statement_no, t.filing_id, t.sub_population,
            t.unit_scope, t.version, coalesce(t.in_force_to, 'infinity') as in_force_to
        from dw.agg_attainment as a
        inner join dw.agg_target as t using (level, unit_key, unit_map, target_id)
        where (a.level, a.unit_key, a.unit_map) = (s.level, s.unit_key, s.unit_map)
        offset 0
    ) as o
    where s.unit_map = (select unit_map from ref.map_date order by map_on desc limit 1)
    order by u.unit_id, o.year, o.target_id, ref.last_month(o.period) desc, o.period desc
)

select
    level, unit_id, year, period, indicator_key, programme_code, target_id, basis, asked_by,
    text_as_printed, unit_of_measure, target_value, actual_value, remaining_value, attainment_pct,
    due_pct, verdict, reason, units_expected, units_reported, year_from, year_to, document,
    statement_no, filing_id,
    in_force_to > make_date(year, 1, 1) and row_number() over (
        partition by unit_id, year, indicator_key, sub_population, unit_scope, year_from, year_to
        order by
            in_force_to <= make_date(year, 1, 1), place, in_force_to desc, version desc nulls last,
            statement_no, target_id
    ) = 1
from latest
order by year, indicator_key, level, unit_id
