-- makes stg.version_pair
-- reads raw.filing
-- one row per accepted version of a filing that another one was accepted before
-- why superseded_by is always the version that counts now, which need not be the next one
create view stg.version_pair as
select
    o.filing_id as before_id, n.filing_id as after_id, o.original_name as file_before,
    n.original_name as file_after, n.version, n.form, n.received_at
from raw.filing as n
cross join lateral (
    select b.filing_id, b.original_name
    from raw.filing as b
    where
        (b.form, b.filer_code, b.year, b.period) = (n.form, n.filer_code, n.year, n.period)
        and b.last_year = n.last_year and b.state = 'accepted'
        and (b.received_at, b.filing_id) < (n.received_at, n.filing_id)
    order by b.received_at desc, b.filing_id desc
    limit 1
) as o
where n.state = 'accepted';
