-- grain: one row per content of some that was filed: which arrival of it was the latest, and the contents
-- of the filings that supersede what it filed then, if any do
with latest as (
    select content_sha256, max(arrival) as arrival
    from raw.filing
    where content_sha256 = any(:digests)
    group by content_sha256
)

select
    l.content_sha256, l.arrival,
    array_remove(array_agg(distinct n.content_sha256), null) as superseded_by
from latest as l
inner join raw.filing as f using (content_sha256, arrival)
left join raw.filing as n on f.state = 'accepted' and n.filing_id = f.superseded_by
group by l.content_sha256, l.arrival
