-- grain: one row per filing to be opened again besides (open_again.sql), with all others of its file:
-- it was stopped for who sent it, and by now somebody sent it who may file for its unit, or the
-- province lets that sender
insert into reopened
select f.filing_id
from raw.filing as f
inner join raw.filing as s using (content_sha256, arrival)
inner join ops.finding as n on n.filing_id = s.filing_id and n.rule = 'mail-not-theirs'
inner join ops.mailed_only as m on m.filing_id = s.filing_id and m.is_allowed
where f.filing_id not in (select filing_id from reopened)
group by f.filing_id
