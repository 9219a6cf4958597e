-- grain: one row the warehouse: the newest filing in force, Vietnamese time; null if there is none
select ref.local_time(received_at) as received_at
from mart.latest_filing
