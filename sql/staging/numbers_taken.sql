-- grain: one row per number of a further filing, of a file whose first filing stands beside it in
-- :firsts, that a filing of another file has
select n.filing_id
from unnest(cast(:numbers as bigint[]), cast(:firsts as bigint[])) as n (filing_id, first_id)
inner join raw.filing as g on g.filing_id = n.first_id
inner join raw.filing as f on f.filing_id = n.filing_id
where (f.content_sha256, f.arrival) is distinct from (g.content_sha256, g.arrival)
