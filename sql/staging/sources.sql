-- grain: one row per received file that waits to be read
select filing_id, original_name, content_sha256
from raw.filing
where state = 'received' and part = 1
order by filing_id
