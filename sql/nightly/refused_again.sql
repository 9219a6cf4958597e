-- grain: one row: how many files that had been refused were read again by the last night, and of how
-- many nothing is refused any more
select
    count(*)::integer as files,
    (count(*) filter (where not exists (
        select from raw.filing as f
        where (f.content_sha256, f.arrival) = (p.content_sha256, p.arrival) and f.state <> 'accepted'
    )))::integer as accepted
from stg.refused
inner join raw.filing as p using (filing_id)
where p.state in ('accepted', 'rejected')
    and p.filing_id not in (select r.filing_id from stg.reopened as r)
