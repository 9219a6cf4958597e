-- grain: one row per file of a message that holds a filing of these, or is the file of one: whether
-- its sender may file for the units of all filings in it
update ops.attachment as a
set rule = case when not m.is_allowed then 'mail-not-theirs' end
from (
    select message_key, attachment_no, bool_and(is_allowed) as is_allowed
    from ops.mailed_filing
    where file_id in (select file_id from ops.mailed_filing where filing_id = any(:filings))
    group by message_key, attachment_no
) as m
where
    m.message_key = a.message_key and m.attachment_no = a.attachment_no
    and a.rule is distinct from case when not m.is_allowed then 'mail-not-theirs' end
