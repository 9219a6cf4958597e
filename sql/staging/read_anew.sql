-- grain: one row per filing, of files that have been read (:files), that stood until now: it is opened
-- (open_again.sql)
create temporary table reopened on commit drop as
with opened as (
    delete from stg.reopened as r using raw.filing as f, raw.filing as p
    where
        f.filing_id = r.filing_id and p.filing_id = any(:files)
        and (f.content_sha256, f.arrival) = (p.content_sha256, p.arrival)
    returning r.filing_id
)

select filing_id from opened
