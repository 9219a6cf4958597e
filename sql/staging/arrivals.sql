-- grain: one row per file of an inbox: its content and times as they were last seen anew; of all, or
-- of one place and some contents
select distinct on (inbox, name)
    inbox, name, seen_no, content_sha256, received_at, modified_at
from raw.arrival
where
    cast(:digests as text[]) is null
    or inbox = :place or content_sha256 = any(cast(:digests as text[]))
order by inbox, name, seen_no desc
