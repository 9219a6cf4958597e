-- grain: one row per file that waits to be read, and not for its copy
select original_name as file
from raw.filing
where
    part = 1 and (state = 'received' or filing_id in (select r.filing_id from stg.reopened as r))
    and content_sha256 not in (select d.content_sha256 from ops.damaged_copy as d)
order by original_name, filing_id
