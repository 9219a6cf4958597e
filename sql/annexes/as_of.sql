-- grain: one row the warehouse: the newest filing in force, Vietnamese time; null if there is none
select max(received_at at time zone 'Asia/Ho_Chi_Minh') as received_at
from mart.filing_status
where state = 'accepted'
