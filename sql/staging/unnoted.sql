-- grain: one row per file of which a filing was loaded before it was kept what it says of its figures
select filing_id, original_name, content_sha256
from raw.filing as f
where
    part = 1 and filing_id between :first and :last and exists (
        select from raw.filing as p
        where
            p.content_sha256 = f.content_sha256 and p.arrival = f.arrival
            and p.illustrative_note is null
    )
order by filing_id
