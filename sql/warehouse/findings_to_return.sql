-- grain: one row per finding of a file whose filings are checked, in the filer's reading order;
-- none of a filing that its filer has mended since: a later version of it was accepted
select
    p.filing_id, p.original_name, p.content_sha256,
    n.filing_id, n.sheet, n.cell, n.rule, n.severity, n.seen, n.expected,
    n.message_vi, n.message_en, n.fix_vi, n.fix_en
from ops.finding as n
inner join raw.filing as f using (filing_id)
inner join raw.filing as p
    on p.content_sha256 = f.content_sha256 and p.arrival = f.arrival and p.part = 1
where
    f.state in ('checked', 'accepted', 'rejected')
    and not exists (
        select from raw.filing as later
        where
            later.state = 'accepted'
            and (later.form, later.filer_code, later.year, later.last_year, later.period)
            = (f.form, f.filer_code, f.year, f.last_year, f.period)
            and (later.received_at, later.filing_id) > (f.received_at, f.filing_id)
    )
order by p.filing_id, n.severity, f.part, n.finding_no
