-- grain: one row per content of :digests that was filed: the name of its latest arrival
select distinct on (content_sha256) content_sha256, original_name
from raw.filing
where content_sha256 = any(:digests)
order by content_sha256, arrival desc
