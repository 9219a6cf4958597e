-- grain: one row per filing received after the end of a day, Vietnamese time
select filing_id
from raw.filing
where ref.local_time(received_at)::date > :day
order by filing_id
