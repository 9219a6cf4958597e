-- grain: one row the warehouse: the days its first and its last filing were received, Vietnamese time
select
    min(ref.local_time(received_at))::date as first,
    max(ref.local_time(received_at))::date as last
from raw.filing
