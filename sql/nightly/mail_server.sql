-- grain: one row where mails wait for a mail server that takes none: how many, since when, and its
-- words; those that it put off itself have a later time
select
    count(*)::integer as mails, max(last_error) as why,
    to_char(ref.local_time(min(composed_at)), 'DD/MM/YYYY HH24:MI') as since
from ops.outbox
where state = 'waiting' and last_error <> '' and next_try_at <= :now
having count(*) > 0
