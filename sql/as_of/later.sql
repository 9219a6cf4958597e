-- grain: one row a filing received after the end of a day, Vietnamese time
select filing_id
from raw.filing
where (received_at at time zone 'Asia/Ho_Chi_Minh')::date > :day
order by filing_id
