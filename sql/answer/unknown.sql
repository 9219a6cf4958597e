-- grain: one row per address, day and reason of messages that were not taken and whose sender is to know:
-- strangers' that wait; in the name of a unit's address, what no server confirmed, had no file or was too
-- large. A stranger whom no server of ours vouches for is told nothing: an answer to an address that
-- somebody made up goes to somebody who wrote nothing.
select distinct on (to_address, day, rule)
    case when state = 'quarantined' then 'quarantined' else rule end
    || ':' || to_address || ':' || day as mail_key,
    to_address, message_key, message_id, received_at, rule, state
from (
    select
        lower(from_address) as to_address, ref.local_time(received_at)::date as day, message_key,
        message_id, received_at, state, rule
    from ops.message
    where
        state = 'quarantined' and (is_vouched or unit_codes <> '{}')
        or rule in ('mail-no-file', 'mail-too-large') and unit_codes <> '{}'
) as m
where
    day >= :since
    and not exists (
        select from ops.outbox as o
        where o.mail_key
            = case when m.state = 'quarantined' then 'quarantined' else m.rule end
            || ':' || m.to_address || ':' || m.day
    )
order by to_address, day, rule, received_at, message_key
