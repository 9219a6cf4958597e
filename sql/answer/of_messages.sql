-- grain: one row per filing in a file of a message that waits for its answer, and per file that was not
-- taken. A message waits until all of its files are decided, and is answered once.
with open_message as (
    select m.*
    from ops.message as m
    where m.state = 'taken' and ref.local_time(m.received_at)::date >= :since
        and not exists (
            select from ops.outbox as o
            where o.message_key = m.message_key and o.kind in ('received', 'returned')
        )
),

file as (
    select
        m.message_key, m.message_id, m.from_address, m.received_at as message_received_at,
        a.attachment_no, a.name, a.rule, a.filing_id,
        exists (
            select from ops.attachment as b
            inner join ops.message as e using (message_key)
            where
                b.filing_id = a.filing_id
                and (e.received_at, e.message_key, b.attachment_no)
                < (m.received_at, m.message_key, a.attachment_no)
        ) or exists (select from ops.told as t where t.filing_id = a.filing_id) as is_again
    from open_message as m
    inner join ops.attachment as a using (message_key)
),

part as (
    select i.*, p.received_at, f.filing_id as part_id, f.part, f.form, f.filer_level, f.filer_code,
        f.year, f.period, f.units_on, f.version, f.state, ops.verdict(f) as verdict
    from file as i
    left join raw.filing as p using (filing_id)
    left join raw.filing as f on (f.content_sha256, f.arrival) = (p.content_sha256, p.arrival)
)

select
    'message:' || message_key as mail_key, lower(from_address) as to_address, message_key,
    message_id, message_received_at, attachment_no, name, rule, filing_id, received_at,
    is_again or received_at < message_received_at as is_again, part_id, form, filer_level,
    filer_code, year, period, units_on, version, state, verdict,
    coalesce((
        select f.is_allowed from ops.mailed_filing as f
        where (f.filing_id, f.message_key, f.attachment_no)
            = (q.part_id, q.message_key, q.attachment_no)
    ), filer_code is null) as is_theirs
from part as q
where
    message_key not in (
        select message_key from part
        where rule is null and (filing_id is null or verdict is null)
    )
order by message_received_at, message_key, attachment_no, part
