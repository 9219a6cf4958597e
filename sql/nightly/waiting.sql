-- grain: one row per filing that has come as far as :state and no further
select filing_id, original_name as file, form
from raw.filing
where state = :state
order by original_name, filing_id
