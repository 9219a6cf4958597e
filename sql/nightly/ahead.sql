-- grain: one row where filings were received at a time that is to come, as the machine's clock said
-- when it was wrong: how many, and until when; what an office's log says is at most a day ahead
select
    count(*)::integer as filings,
    to_char(ref.local_time(max(f.received_at)), 'DD/MM/YYYY') as until
from raw.filing as f
where f.received_at > :now + interval '1 day'
having count(*) > 0
