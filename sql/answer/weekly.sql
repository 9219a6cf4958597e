-- grain: one row per filing that a unit of the districts and provinces asked for owes since at most 120
-- days, or whose latest version was rejected as lately (correction: an accepted one before it is in
-- use). A unit that has ended owes nothing; what was filed for it and rejected is for who took it over
-- too. scope: whose line of the week it is in
with owed as (
    select
        'missing' as what, d.unit_code, d.unit_id, d.unit_name, d.form, d.year, d.period, d.due_on,
        null::date as received_on, '' as name
    from ops.due_date as d
    where
        d.due_on < cast(:today as date) and d.due_on >= cast(:today as date) - 120
        and not exists (
            select from raw.filing as f
            where (f.form, f.filer_code, f.year, f.period) = (d.form, d.unit_code, d.year, d.period)
        )
    union all
    select
        case when exists (
            select from raw.filing as g
            where
                (g.form, g.filer_code, g.year, g.period) = (f.form, f.filer_code, f.year, f.period)
                and ops.verdict(g) = 'accepted'
        ) then 'correction' else 'rejected' end,
        f.filer_code, v.unit_id, v.unit_name, f.form, f.year, f.period, null,
        ref.local_time(f.received_at)::date, f.original_name
    from raw.filing as f
    inner join dw.dim_unit as v
        on v.level = f.filer_level and v.unit_code = f.filer_code and not v.is_rest
        and f.units_on >= v.valid_from and f.units_on < v.valid_to
    where
        ops.verdict(f) = 'rejected'
        and ref.local_time(f.received_at)::date >= cast(:today as date) - 120
        and not exists (
            select from raw.filing as g
            where
                (g.form, g.filer_code, g.year, g.period) = (f.form, f.filer_code, f.year, f.period)
                and (g.received_at, g.filing_id) > (f.received_at, f.filing_id)
        )
)

select
    s.scope, w.what, w.unit_code, w.unit_name, w.form, w.year, w.period, w.due_on, w.received_on, w.name
from owed as w
inner join dw.dim_unit as u using (unit_id)
inner join unnest(cast(:scopes as text [])) as s (scope)
    on exists (select from stg.unit_place as p where p.unit_id = u.unit_id and p.place_code = s.scope)
where
    w.what <> 'missing'
    or exists (
        select from dw.dim_unit as o
        where
            o.level = u.level and o.unit_code = u.unit_code and not o.is_rest
            and o.valid_from <= cast(:today as date) and o.valid_to > cast(:today as date)
            -- a code may be another unit's by now
            and (o.unit_id = u.unit_id or o.unit_name = u.unit_name)
    )
order by s.scope, w.what, u.sort_key, w.form, w.year, w.period, w.name
