-- grain: one row per filing accepted since the last aggregates, in the order received
select f.filing_id
from stg.loaded
inner join raw.filing as f using (filing_id)
where f.state = 'accepted'
order by f.received_at, f.filing_id
