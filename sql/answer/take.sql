-- grain: one row: the mail that has waited longest of those whose time has come; one that waits for a
-- mail server is for a server alone, and none does where no server ever had one
update ops.outbox
set state = 'sending'
where
    mail_no = (
        select mail_no from ops.outbox
        where
            state = 'waiting' and next_try_at <= :now and mail_no <> all(:passed)
            and (
                :to_server or last_error = ''
                or cuts > 0 and not exists (select from ops.outbox where state = 'sent')
            )
        order by mail_no limit 1
    )
returning mail_no, to_address, content, cuts
