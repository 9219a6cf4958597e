-- grain: one row per filing whose verdict is another than the one that was told last, after it was
-- read again or a correction; to whom it was told
with last_told as (
    select distinct on (filing_id) filing_id, told_no, mail_key, verdict
    from ops.told
    order by filing_id, told_no desc
)

select
    'changed:' || o.to_address || ':' || f.filing_id || ':' || t.told_no + 1 as mail_key,
    o.to_address, null as message_key, coalesce(m.message_id, '') as message_id,
    m.received_at as message_received_at, 1 as attachment_no, p.original_name as name,
    null as rule, p.filing_id, p.received_at, false as is_again, f.filing_id as part_id, f.form,
    f.filer_level, f.filer_code, f.year, f.period, f.units_on, f.version, f.state,
    ops.verdict(f) as verdict, true as is_theirs
from last_told as t
inner join raw.filing as f using (filing_id)
inner join raw.filing as p
    on p.content_sha256 = f.content_sha256 and p.arrival = f.arrival and p.part = 1
inner join ops.outbox as o using (mail_key)
left join ops.message as m using (message_key)
where ops.verdict(f) <> t.verdict
order by p.filing_id, f.part
