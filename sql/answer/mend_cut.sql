-- grain: one row per mail that a run was handing over when it died
update ops.outbox
set
    cuts = cuts + 1,
    state = case when cuts + 1 < :most then 'waiting' else 'failed' end,
    next_try_at = :now,
    last_error
    = 'lần gửi trước bị ngắt giữa chừng, có thể thư đã tới / the attempt broke off, it may have arrived'
where state = 'sending'
