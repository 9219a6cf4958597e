-- grain: one row: a mail by its number
select
    mail_no, mail_key, kind, to_address, subject, state, tries, last_error, message_id, body,
    ref.local_time(composed_at) as composed_at, ref.local_time(sent_at) as sent_at
from ops.outbox
where mail_no = :mail_no
