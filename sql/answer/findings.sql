-- grain: one row per finding on a filing of the batch, in the filer's reading order
select
    n.filing_id, n.sheet, n.cell, n.rule, n.severity, n.seen, n.expected, n.message_vi,
    n.message_en, n.fix_vi, n.fix_en
from ops.finding as n
where n.filing_id = any(:batch)
order by n.filing_id, n.severity, n.finding_no
