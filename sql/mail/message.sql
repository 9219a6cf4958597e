-- grain: one row, of a message that was looked at, or that is decided anew
insert into ops.message (
    message_key, mailbox, message_id, from_address, subject, received_at, state, rule, collected_on,
    size_bytes, unit_codes, is_vouched
)
values (
    :message_key, :mailbox, :message_id, :from_address, :subject, :received_at, :state, :rule,
    :collected_on, :size_bytes, :unit_codes, :is_vouched
)
on conflict (message_key) do update
set state = excluded.state, rule = excluded.rule, unit_codes = excluded.unit_codes,
    is_vouched = excluded.is_vouched
