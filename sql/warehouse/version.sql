-- grain: one row per filing of the units, forms, years and periods that this batch touches, or was of
-- before it was read anew.
-- Versions count every recognised filing in the order received; the latest accepted one is
-- current and supersedes the accepted ones before it. Nothing is deleted.
with keys as (
    select distinct form, filer_code, year, last_year, period
    from raw.filing
    where (filing_id = any(:batch) or superseded_by = any(:batch)) and form is not null
),

ranked as (
    select
        f.filing_id,
        f.state,
        row_number() over same_key as version,
        first_value(f.filing_id) over (
            partition by f.form, f.filer_code, f.year, f.last_year, f.period, f.state
            order by f.received_at desc, f.filing_id desc
        ) as latest
    from raw.filing as f
    inner join keys using (form, filer_code, year, last_year, period)
    where f.state in ('accepted', 'rejected')
    window same_key as (
        partition by f.form, f.filer_code, f.year, f.last_year, f.period
        order by f.received_at, f.filing_id
    )
)

update raw.filing as f
set
    version = r.version,
    superseded_by = case
        when r.state = 'accepted' and r.latest <> r.filing_id then r.latest
    end
from ranked as r
where
    f.filing_id = r.filing_id
    and (f.version, f.superseded_by) is distinct from (
        r.version::integer,
        case when r.state = 'accepted' and r.latest <> r.filing_id then r.latest end
    );
