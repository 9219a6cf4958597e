-- grain: one row per message of a mailbox that waits in quarantine: what its sender may file for now
select message_key, message_id, received_at, size_bytes, ref.sender_units(from_address) as unit_codes
from ops.message
where mailbox = :mailbox and state = 'quarantined'
order by received_at, message_key
