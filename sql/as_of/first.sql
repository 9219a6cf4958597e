-- grain: one row the warehouse: the day its first filing was received, Vietnamese time
select min(received_at at time zone 'Asia/Ho_Chi_Minh')::date from raw.filing
