-- grain: one row per further filing found in a file, beside the filing that has the file's number
insert into raw.filing as t (filing_id, content_sha256, arrival, original_name, received_at, part)
select p.filing_id, f.content_sha256, f.arrival, f.original_name, f.received_at, p.part
from found_part as p
inner join raw.filing as f on f.filing_id = p.first_id
on conflict (filing_id) do update set part = excluded.part
where t.part is distinct from excluded.part
