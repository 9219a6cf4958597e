-- grain: one row per file of an inbox: its content and times as they were last seen anew
select distinct on (inbox, name)
    inbox, name, seen_no, content_sha256, received_at, modified_at
from raw.arrival
order by inbox, name, seen_no desc
