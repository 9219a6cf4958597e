-- grain: one row per file that the register knows and keeps a copy of: all but lists of persons
select p.filing_id, p.original_name, p.content_sha256, p.state
from raw.filing as p
where
    p.part = 1
    and not exists (
        select from ops.finding as n where n.filing_id = p.filing_id and n.rule = 'personal-data'
    )
order by p.filing_id
