-- grain: one row per filing to be opened again besides (open_again.sql), with all others of its file: one
-- of them was refused, its file still holds it (gone_parts.sql), and its filer has not mended it since
insert into reopened
select f.filing_id
from raw.filing as f
inner join raw.filing as r using (content_sha256, arrival)
where
    r.state = 'rejected'
    and (
        r.part = 1 or r.form is not null
        or exists (select from ops.finding as n where n.filing_id = r.filing_id)
    )
    and not exists (
        select from raw.filing as later
        where
            later.state = 'accepted'
            and (later.form, later.filer_code, later.year, later.last_year, later.period)
            = (r.form, r.filer_code, r.year, r.last_year, r.period)
            and (later.received_at, later.filing_id) > (r.received_at, r.filing_id)
    )
    and f.filing_id not in (select filing_id from reopened)
group by f.filing_id
