-- grain: one row the warehouse: the day its first filing was received, Vietnamese time
select min(ref.local_time(received_at))::date from raw.filing
