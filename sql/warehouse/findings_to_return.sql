-- grain: one row per finding of a file whose filings are checked, in the filer's reading order
select
    p.filing_id, p.original_name, p.content_sha256,
    n.filing_id, n.sheet, n.cell, n.rule, n.severity, n.seen, n.expected,
    n.message_vi, n.message_en, n.fix_vi, n.fix_en
from ops.finding as n
inner join raw.filing as f using (filing_id)
inner join raw.filing as p
    on p.content_sha256 = f.content_sha256 and p.arrival = f.arrival and p.part = 1
where f.state in ('checked', 'accepted', 'rejected')
order by p.filing_id, n.severity, f.part, n.finding_no
