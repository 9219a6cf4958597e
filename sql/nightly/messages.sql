-- grain: one row per message that waits for somebody to say whether its sender may file
select m.from_address, m.subject, ref.local_time(m.received_at)::date as received_on
from ops.message as m
where m.state = 'quarantined'
order by m.received_at desc, m.message_key
limit :most
