-- makes dw.star_verdict
-- reads stale_map_unit, ref.map_date, dw.dim_unit, dw.agg_attainment, dw.agg_target
-- one row per target of a stale unit on the latest map and year: its verdict at the latest period
--   reported
-- why verdicts are counted once, and found by year and indicator without looking at all of them
insert into dw.star_verdict (
    level, unit_id, year, period, indicator_key, programme_code, target_id, basis, asked_by,
    text_as_printed, unit_of_measure, target_value, actual_value, remaining_value, attainment_pct,
    due_pct, verdict, reason, units_expected, units_reported, year_from, year_to, document,
    statement_no
)
select
    u.level, u.unit_id, a.year, a.period, t.indicator_key, t.programme_code, t.target_id, t.basis,
    t.asked_by, t.text_as_printed, t.unit_of_measure, t.target_value, a.actual_value,
    a.remaining_value, a.attainment_pct, a.due_pct, a.verdict, a.reason, a.units_expected,
    a.units_reported, t.year_from, t.year_to, t.document, t.statement_no
from stale_map_unit as s
inner join dw.dim_unit as u on u.level = s.level and u.unit_key = s.unit_key and not u.is_rest
inner join dw.agg_attainment as a
    on a.level = s.level and a.unit_key = s.unit_key and a.unit_map = s.unit_map
inner join dw.agg_target as t
    on t.level = a.level and t.unit_key = a.unit_key and t.unit_map = a.unit_map
    and t.target_id = a.target_id
where
    s.unit_map = (select unit_map from ref.map_date order by map_on desc limit 1)
    and not exists (
        select from dw.agg_attainment as o
        where
            (o.level, o.unit_key, o.unit_map, o.target_id, o.year)
            = (a.level, a.unit_key, a.unit_map, a.target_id, a.year)
            and (ref.last_month(o.period), o.period) > (ref.last_month(a.period), a.period)
    )
order by a.year, t.indicator_key, u.level, u.unit_id
