-- grain: one row per unit, form and period that is to be reminded today: the latest step that its due
-- day has reached, of units that are there, have not filed and can be written to
with reached as (
    select distinct on (d.form, d.level, d.unit_code, d.year, d.period)
        d.form, d.level, d.unit_code, d.unit_name, d.unit_id, d.year, d.period, d.due_on, s.step
    from ops.due_date as d
    cross join unnest(cast(:steps as integer [])) as s (step)
    where
        d.due_on + s.step <= cast(:today as date)
        and d.due_on + greatest(0, (select max(n) from unnest(cast(:steps as integer [])) as n)) + 7
        >= cast(:today as date)
    order by d.form, d.level, d.unit_code, d.year, d.period, s.step desc
)

select
    concat_ws(':', 'reminder', r.level, r.unit_code, r.form, r.year, r.period, r.step) as mail_key,
    o.to_address, r.form, r.level, r.unit_code, u.unit_name, r.year, r.period, r.due_on,
    (
        select max(ref.local_time(f.received_at)::date) from raw.filing as f
        where (f.form, f.filer_code, f.year, f.period) = (r.form, r.unit_code, r.year, r.period)
    ) as returned_on
from reached as r
inner join ref.unit_address as o using (unit_code)
inner join dw.dim_unit as u
    on u.level = r.level and u.unit_code = r.unit_code and not u.is_rest
    and u.valid_from <= cast(:today as date) and u.valid_to > cast(:today as date)
    -- a code may be another unit's by now
    and (u.unit_id = r.unit_id or u.unit_name = r.unit_name)
where
    not exists (
        select from raw.filing as f
        where
            (f.form, f.filer_code, f.year, f.period) = (r.form, r.unit_code, r.year, r.period)
            and ops.verdict(f) is distinct from 'rejected'
    )
    and not exists (
        select from ops.outbox as b
        where b.mail_key
            = concat_ws(':', 'reminder', r.level, r.unit_code, r.form, r.year, r.period, r.step)
    )
order by r.due_on, r.unit_code, r.form
