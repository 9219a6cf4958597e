-- grain: one row per filing that a mail tells of
insert into ops.told (filing_id, told_no, mail_key, verdict)
select :filing_id, coalesce(max(told_no), 0) + 1, :mail_key, :verdict
from ops.told
where filing_id = :filing_id
