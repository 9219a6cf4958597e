-- grain: one row per further filing that a file held when it was read before and holds no more: it
-- says nothing now, and goes on as one that was not recognised
update raw.filing as f
set form = null, form_version = null, state = 'staged'
from raw.filing as p
where
    p.filing_id = any(:filings) and p.part = 1
    and (p.content_sha256, p.arrival) = (f.content_sha256, f.arrival)
    and f.part > 1 and f.state = 'received' and f.filing_id <> all(:parts)
