-- grain: one row: how many files that had been refused were read again and are decided now, and of how
-- many nothing is refused any more; those are forgotten (staging/refused.sql). A filing that its file
-- holds no more (staging/gone_parts.sql) is none that is refused
with again as (
    delete from stg.refused as t using raw.filing as p
    where
        p.filing_id = t.filing_id and p.state in ('accepted', 'rejected')
        and p.filing_id not in (select r.filing_id from stg.reopened as r)
    returning p.content_sha256, p.arrival
)

select
    count(*)::integer as files,
    (count(*) filter (where not exists (
        select from raw.filing as f
        where
            (f.content_sha256, f.arrival) = (a.content_sha256, a.arrival) and f.state <> 'accepted'
            and (
                f.part = 1 or f.form is not null
                or exists (select from ops.finding as n where n.filing_id = f.filing_id)
            )
    )))::integer as accepted
from again as a
