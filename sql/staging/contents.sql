-- grain: one row per content that was filed, of all or of some: which arrival of it was the latest, and the contents
-- of the filings that supersede what it filed then, if any do
with latest as (
    select content_sha256, max(arrival) as arrival
    from raw.filing
    where
        cast(:digests as text[]) is null or content_sha256 = any(cast(:digests as text[]))
    group by content_sha256
)

select
    l.content_sha256, l.arrival,
    array_remove(array_agg(distinct n.content_sha256), null) as superseded_by
from latest as l
inner join raw.filing as f using (content_sha256, arrival)
left join raw.filing as n on f.state = 'accepted' and n.filing_id = f.superseded_by
group by l.content_sha256, l.arrival
