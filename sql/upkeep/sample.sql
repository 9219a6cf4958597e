-- grain: one row per filing of the files whose turn it is (of so many weeks), or of all: accepted ones,
-- with what else their file holds
select f.filing_id
from raw.filing as f
inner join raw.filing as p
    on p.content_sha256 = f.content_sha256 and p.arrival = f.arrival and p.part = 1
where
    exists (
        select from raw.filing as a
        where
            a.content_sha256 = f.content_sha256 and a.arrival = f.arrival
            and a.state = 'accepted'
    )
    and f.state in ('accepted', 'rejected')
    and (cast(:turn as integer) is null or p.filing_id % :weeks = :turn)
order by f.filing_id
