-- grain: one row where nobody made a backup for two days: since when; where there was none ever,
-- since the warehouse was made
select to_char(ref.local_time(l.done_at), 'DD/MM/YYYY') as since
from (
    select coalesce(max(done_at) filter (where action = 'backed_up'), min(done_at)) as done_at
    from ops.audit
    where done_at <= :now -- a clock that was wrong says nothing
) as l
where l.done_at < :now - interval '2 days'
