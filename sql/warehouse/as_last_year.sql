-- grain: one row per accepted filing of this batch of whose figures nine in ten or more stand, cell by
-- cell, in what its unit filed for the same period of the year before: how many of how many, zeros
-- apart, and that file
with pair as (
    select f.filing_id, p.filing_id as before_id, n.original_name as file, p.year::text as year
    from raw.filing as f
    inner join raw.current_filing as p using (form, filer_code, period)
    inner join raw.filing as n on n.filing_id = p.filing_id
    where
        f.filing_id = any(:batch) and f.state = 'accepted'
        and (p.year, p.last_year) = (f.year - 1, f.last_year - 1)
),

said as (
    select p.filing_id, s.cell, bool_or(v.is_now) as is_now, bool_and(v.is_now) as is_new
    from pair as p
    cross join lateral (values (p.filing_id, true), (p.before_id, false)) as v (filing_id, is_now)
    cross join lateral (
        select s.fact, s.cell, s.measure, s.code, s.value
        from stg.stated_figure as s
        where s.filing_id = v.filing_id and s.fact <> 'target' and s.value <> 0
        offset 0  -- by the index of filings
    ) as s
    group by p.filing_id, s.fact, s.cell, s.measure, s.code, s.value
),

counted as (
    select
        filing_id, count(*) filter (where is_now)::integer as figures,
        count(*) filter (where is_now and not is_new)::integer as same
    from said
    group by filing_id
)

select c.filing_id, p.file, p.year, c.figures as count, c.same
from counted as c
inner join pair as p using (filing_id)
where c.figures >= 10 and 10 * c.same >= 9 * c.figures
order by c.filing_id
