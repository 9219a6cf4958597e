-- grain: one row, of a message that lies in a mailbox
insert into ops.mailbox_place (mailbox, uid_validity, uid, message_key)
values (:mailbox, :uid_validity, :uid, :message_key)
on conflict (mailbox, uid_validity, uid) do nothing
