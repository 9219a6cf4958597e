-- grain: one row per content of some: the filing that it is, the latest where it was filed again
select distinct on (content_sha256) content_sha256, filing_id
from raw.filing
where content_sha256 = any(:digests) and part = 1
order by content_sha256, arrival desc
