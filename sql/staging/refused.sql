-- grain: one row per file with a filing that was refused and is to be opened again (open_again.sql),
-- until it is decided (warehouse/read_again.sql)
insert into stg.refused
select p.filing_id
from raw.filing as p
inner join raw.filing as f using (content_sha256, arrival)
inner join reopened as r on r.filing_id = f.filing_id
where p.part = 1 and f.state = 'rejected'
group by p.filing_id
on conflict do nothing
