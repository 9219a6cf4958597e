-- grain: one row per correction: what came of it on the filing that counts now, which is the
-- current one, or where none is accepted the latest
with filings as (
    select
        c.form, c.unit_code, c.year, c.period, c.sheet, c.cell, u.outcome, u.seen,
        row_number() over (
            partition by c.form, c.unit_code, c.year, c.period, c.sheet, c.cell
            order by f.filing_id in (select filing_id from raw.current_filing) desc,
                f.received_at desc, f.filing_id desc
        ) as place,
        bool_or(u.outcome = 'applied') over (
            partition by c.form, c.unit_code, c.year, c.period, c.sheet, c.cell
        ) as was_applied
    from ref.correction as c
    inner join raw.filing as f
        on f.form = c.form and f.filer_code = c.unit_code and f.year = c.year
        and f.period = c.period
    inner join ops.correction_use as u
        on u.filing_id = f.filing_id and u.sheet = c.sheet and u.cell = c.cell
    where f.state in ('accepted', 'rejected')
),

judged as (
    select
        *,
        case when outcome = 'applied' then 'applied' else 'failed' end as state,
        case
            when outcome = 'applied' then null
            when was_applied then 'superseded'
            else outcome
        end as problem
    from filings
    where place = 1
)

update ref.correction as t
set
    state = j.state,
    problem = j.problem,
    seen = j.seen
from judged as j
where
    (t.form, t.unit_code, t.year, t.period, t.sheet, t.cell)
    = (j.form, j.unit_code, j.year, j.period, j.sheet, j.cell)
    and (t.state, t.problem, t.seen) is distinct from (j.state, j.problem, j.seen)
