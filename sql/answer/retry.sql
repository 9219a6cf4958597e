-- grain: one row per mail that was given up, or waits for its next attempt: its time has come
update ops.outbox
set state = 'waiting', next_try_at = :now, tries = 0, cuts = 0, last_error = ''
where
    state in ('failed', 'waiting') and content is not null
    and (cast(:mail_no as bigint) is null or mail_no = :mail_no)
