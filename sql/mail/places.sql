-- grain: one row per message that lies in a mailbox and was looked at: whether it was taken
select p.uid, m.state = 'taken' as is_taken
from ops.mailbox_place as p
inner join ops.message as m using (message_key)
where p.mailbox = :mailbox and p.uid_validity = :uid_validity
