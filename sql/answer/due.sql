-- grain: one row per form and period that a unit of the batch owes and that is not there; those that
-- are not decided yet are on their way
select d.level, d.unit_code, d.unit_name, d.form, d.year, d.period, d.due_on
from ops.due_date as d
where
    d.unit_code = any(:units)
    and d.due_on between cast(:today as date) - 60 and cast(:today as date) + 120
    and not exists (
        select from raw.filing as f
        where
            (f.form, f.filer_code, f.year, f.period) = (d.form, d.unit_code, d.year, d.period)
            and ops.verdict(f) is distinct from 'rejected'
    )
order by d.unit_code, d.due_on, d.form
