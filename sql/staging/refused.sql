-- grain: one row per file with a filing that was refused and is to be opened again (open_again.sql);
-- those of an earlier night that have been decided since are forgotten
with forgotten as (
    delete from stg.refused as t using raw.filing as f
    where
        f.filing_id = t.filing_id and f.state in ('accepted', 'rejected')
        and f.filing_id not in (select r.filing_id from stg.reopened as r)
)

insert into stg.refused
select p.filing_id
from raw.filing as p
inner join raw.filing as f using (content_sha256, arrival)
inner join reopened as r on r.filing_id = f.filing_id
where p.part = 1 and f.state = 'rejected'
group by p.filing_id
on conflict do nothing
