-- grain: one row: the mail that was not taken now; it waits twice as long after each attempt
update ops.outbox
set
    tries = tries + 1, cuts = cuts + :cut, last_error = :why,
    state = case when tries + 1 < :most and cuts + :cut < :most_cuts then 'waiting' else 'failed' end,
    next_try_at
    = :now + least(cast(:first as interval) * 2 ^ least(tries, 20), cast(:longest as interval))
where mail_no = :mail_no
