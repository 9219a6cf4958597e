-- grain: one row a finding of a decided filing, in the filer's reading order
select
    f.filing_id, f.original_name, f.content_sha256,
    n.filing_id, n.sheet, n.cell, n.rule, n.severity, n.seen, n.expected,
    n.message_vi, n.message_en, n.fix_vi, n.fix_en
from ops.finding as n
inner join raw.filing as f using (filing_id)
where f.state in ('accepted', 'rejected')
order by f.filing_id, n.severity, n.finding_no
