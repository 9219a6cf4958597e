-- grain: one row per file none of whose filings counts, waits or is the latest version of its key: a
-- later one followed, whose return workbook says what is wrong now
with latest as (
    select form, filer_code, year, last_year, period, max(version) as version
    from raw.filing
    where form is not null
    group by form, filer_code, year, last_year, period
)

select p.filing_id, p.original_name
from raw.filing as p
where
    p.part = 1 and p.form is not null
    and not exists (
        select from raw.filing as f
        left join latest as l using (form, filer_code, year, last_year, period)
        where
            f.content_sha256 = p.content_sha256 and f.arrival = p.arrival
            and (f.state not in ('accepted', 'rejected') or f.version >= l.version)
    )
