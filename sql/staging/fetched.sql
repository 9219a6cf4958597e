-- grain: one row per file of an inbox as it was read last
select name, size_bytes, modified_at, tag, content_sha256
from ops.fetched
where inbox = :place
