-- grain: one row per message that does not lie where it was in a mailbox any more
delete from ops.mailbox_place
where mailbox = :mailbox and (uid_validity <> :uid_validity or uid <> all(:uids))
