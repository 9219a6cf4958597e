-- grain: one row per new finding, numbered on from those its filing already has
insert into ops.finding (
    filing_id, finding_no, rule, severity, sheet, cell, seen, expected, message_vi, message_en,
    fix_vi, fix_en, about
)
select
    n.filing_id,
    coalesce(k.last_no, 0) + row_number() over (partition by n.filing_id order by n.position),
    n.rule, n.severity, n.sheet, n.cell, n.seen, n.expected,
    n.message_vi, n.message_en, n.fix_vi, n.fix_en, n.about
from found as n
left join (
    select filing_id, max(finding_no) as last_no
    from ops.finding
    group by filing_id
) as k using (filing_id)
