-- grain: one row per filing that was accepted since the last aggregates
insert into stg.loaded (filing_id)
select filing_id from raw.filing
where filing_id = any(:batch) and state = 'accepted'
on conflict do nothing
