-- grain: one row per filing of `reopened` that is decided: it stands as it is until its file is read
with decided as (
    delete from reopened as r using raw.filing as f
    where f.filing_id = r.filing_id and f.state in ('accepted', 'rejected')
    returning r.filing_id
)

insert into stg.reopened (filing_id)
select filing_id from decided
on conflict do nothing
