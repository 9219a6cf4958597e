-- grain: one row: the mail that was being handed over
update ops.outbox
set
    state = :state, last_error = :why, sent_at = :sent_at,
    content = case when :keep then content end
where mail_no = :mail_no
