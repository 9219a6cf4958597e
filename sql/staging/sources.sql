-- grain: one row per file, of a range of numbers, that waits to be read; of a past day (`is_now`
-- false) no file that nobody has decided yet: it waits then as it does now
select filing_id, original_name, content_sha256
from raw.filing
where
    part = 1 and filing_id between :first and :last
    and filing_id in (
        select filing_id from raw.filing
        where state = 'received' and (:is_now or version is not null)
        union all
        select filing_id from stg.reopened
    )
order by filing_id
