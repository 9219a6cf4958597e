-- grain: one row per filing that came without a mail, is decided, and that nobody was told of; to the
-- office that answers for the unit's filings
with part as (
    select
        o.to_address, p.original_name as name, p.filing_id, p.received_at, f.filing_id as part_id,
        f.part, f.form, f.filer_level, f.filer_code, f.year, f.period, f.units_on, f.version, f.state,
        ops.verdict(f) as verdict
    from raw.filing as p
    inner join raw.filing as f using (content_sha256, arrival)
    inner join ref.unit_address as o on o.unit_code = f.filer_code and o.is_office
    where
        p.part = 1 and ref.local_time(p.received_at)::date >= :since
        and not exists (select from ops.attachment as a where a.filing_id = p.filing_id)
        and not exists (select from ops.told as t where t.filing_id = f.filing_id)
)

select
    'folder:' || filer_code || ':' || min(part_id) over (partition by filer_code) as mail_key,
    to_address, null as message_key, '' as message_id, null::timestamptz as message_received_at,
    dense_rank() over (partition by filer_code order by received_at, filing_id)::integer as attachment_no,
    name, null as rule, filing_id, received_at, false as is_again, part_id, form, filer_level,
    filer_code, year, period, units_on, version, state, verdict, true as is_theirs
from part
where verdict is not null
order by filer_code, received_at, filing_id, part
