-- grain: one row per mail that would have been handed over now: nobody takes it; no attempt is counted
update ops.outbox
set state = 'waiting', last_error = :why
where state = 'sending' or state = 'waiting' and next_try_at <= :now
