-- grain: one row per file of an inbox, some by name and all that had some contents: its content and
-- times as they were last seen anew; and of any one file, so that there are none only before any came
with asked as (
    select inbox, name from raw.arrival
    where inbox = :place and name = any(:names) or content_sha256 = any(:digests)
    union
    (select inbox, name from raw.arrival limit 1)
)

select distinct on (a.inbox, a.name)
    a.inbox, a.name, a.seen_no, a.content_sha256, a.received_at, a.modified_at
from raw.arrival as a
inner join asked as k using (inbox, name)
order by a.inbox, a.name, a.seen_no desc
