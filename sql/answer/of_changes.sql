-- grain: one row per filing and address whose verdict is another than the one that the address was told
-- last, after it was read again or a correction; or that it was not told of at its message's answer and
-- may file for by now. An address that may not file for the unit any more is told nothing.
with told as (
    select distinct on (t.filing_id, o.to_address)
        t.filing_id, o.to_address, o.message_key, t.told_no, t.verdict
    from ops.told as t
    inner join ops.outbox as o using (mail_key)
    order by t.filing_id, o.to_address, t.told_no desc
),

said as (
    select * from told
    union all
    select distinct on (f.filing_id, o.to_address) f.filing_id, o.to_address, o.message_key, 0, null
    from ops.outbox as o
    inner join ops.attachment as a using (message_key)
    inner join raw.filing as p using (filing_id)
    inner join raw.filing as f on (f.content_sha256, f.arrival) = (p.content_sha256, p.arrival)
    where
        a.rule is null and o.kind in ('received', 'returned')
        and not exists (
            select from told as t where (t.filing_id, t.to_address) = (f.filing_id, o.to_address)
        )
)

select
    'changed:' || s.to_address || ':' || f.filing_id || ':' || s.told_no + 1 as mail_key,
    s.to_address, null as message_key, coalesce(m.message_id, '') as message_id,
    m.received_at as message_received_at, 1 as attachment_no, p.original_name as name,
    (
        select max(a.rule) from ops.attachment as a
        where (a.message_key, a.filing_id) = (s.message_key, p.filing_id)
    ) as rule, p.filing_id, p.received_at, false as is_again, f.filing_id as part_id, f.form,
    f.filer_level, f.filer_code, f.year, f.period, f.units_on, f.version, f.state,
    ops.verdict(f) as verdict, true as is_theirs
from said as s
inner join raw.filing as f using (filing_id)
inner join raw.filing as p
    on p.content_sha256 = f.content_sha256 and p.arrival = f.arrival and p.part = 1
left join ops.message as m using (message_key)
where
    ops.verdict(f) is distinct from s.verdict and ops.verdict(f) is not null
    and (
        f.filer_code is null
        or ops.filer_codes(f) && ref.sender_units(s.to_address)
        or m.message_key is null and exists (
            select from ref.contact as c
            where (c.unit_code, lower(c.office_email)) = (f.filer_code, s.to_address)
        )
    )
order by p.filing_id, f.part, s.to_address
