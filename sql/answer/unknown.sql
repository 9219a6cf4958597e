-- grain: one row per address and day of messages that wait in quarantine
select distinct on (to_address, day)
    'quarantined:' || to_address || ':' || day as mail_key, to_address, message_key, message_id
from (
    select
        lower(from_address) as to_address, ref.local_time(received_at)::date as day, message_key,
        message_id, received_at
    from ops.message
    where state = 'quarantined'
) as m
where
    day >= :since
    and not exists (
        select from ops.outbox as o
        where o.mail_key = 'quarantined:' || m.to_address || ':' || m.day
    )
order by to_address, day, received_at, message_key
