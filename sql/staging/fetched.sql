-- grain: one row per file of a folder of another machine as it was fetched last
select name, size_bytes, modified_at, tag, content_sha256
from ops.fetched
where inbox = :place
