-- grain: one row per mail that is not there yet
insert into ops.outbox (
    mail_key, kind, level, unit_code, message_key, to_address, message_id, subject, body, content,
    composed_at, state, next_try_at, last_error
)
values (
    :mail_key, :kind, :level, :unit_code, :message_key, :to_address, :message_id, :subject, :body,
    :content, :now, :state, :now, :last_error
)
on conflict (mail_key) do nothing
