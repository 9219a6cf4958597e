-- grain: one row per header that a form does not know, of all filings it was found in, those that
-- most filings were rejected with first; what it may mean as most of its findings have it
with asked as (
    select
        f.filing_id, f.received_at, f.state, n.about ->> 'form' as form, n.about ->> 'table' as table_name,
        n.about ->> 'key' as header_key, n.about ->> 'text' as header_text,
        n.about ->> 'column' as column_name, n.about ->> 'under' as under,
        nullif(n.about ->> 'unit_name', '') as unit_name
    from ops.finding as n
    inner join raw.filing as f using (filing_id)
    where n.about ->> 'form' is not null
)

select
    left(md5(concat_ws(chr(9), form, table_name, header_key)), 6) as number,
    form, table_name, header_key,
    mode() within group (order by header_text) as header_text,
    mode() within group (order by column_name) as column_name,
    mode() within group (order by under) as under,
    count(distinct filing_id) as filings,
    count(distinct filing_id) filter (where state = 'rejected') as rejected,
    coalesce(array_agg(distinct unit_name) filter (where unit_name is not null), '{}') as units,
    ref.local_time(min(received_at))::date as first_seen,
    ref.local_time(max(received_at))::date as last_seen
from asked
group by form, table_name, header_key
order by rejected desc, filings desc, form, table_name, header_key
