-- grain: one row per accepted filing of this batch that says otherwise than the version accepted before
-- it, and came 300 days or more after that was due, when its unit has none of the next year: about
-- then the report of the next year is due, whose title may name the year before
with pair as materialized (
    select
        f.filing_id, v.before_id, v.file_before as file, f.year::text as year,
        (f.year + 1)::text as next_year, ref.local_time(f.received_at)::date as received,
        coalesce(d.due_on, ref.last_day(f.period, f.year)) as due
    from raw.filing as f
    inner join stg.version_pair as v on v.after_id = f.filing_id
    left join lateral (  -- asked of these filings alone
        select d.due_on
        from ops.due_date as d
        where (d.form, d.level, d.unit_code, d.year, d.period)
            = (f.form, f.filer_level, f.filer_code, f.year, f.period)
        offset 0
    ) as d on true
    where
        f.filing_id = any(:batch) and f.state = 'accepted' and f.last_year = f.year
        and not exists (
            select from raw.filing as n
            where
                (n.form, n.filer_code, n.year, n.period)
                = (f.form, f.filer_code, f.year + 1, f.period)
                and n.last_year = f.last_year + 1 and n.state = 'accepted'
        )
),

late as materialized (select * from pair where received >= due + 300)

select p.filing_id, p.file, p.year, p.next_year, p.received, p.due
from late as p
where
    exists (
        select
        from (values (p.filing_id, 1), (p.before_id, -1)) as v (filing_id, side)
        cross join lateral (
            select
                v.side, s.fact, s.level, s.unit_key, s.period, s.measure, s.code, s.part, s.value
            from stg.stated_figure as s
            where s.filing_id = v.filing_id
            offset 0  -- by the index of filings
        ) as s
        group by s.fact, s.level, s.unit_key, s.period, s.measure, s.code, s.part, s.value
        having sum(s.side) <> 0
    )
order by p.filing_id
