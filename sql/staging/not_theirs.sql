-- grain: one row per filing of these that only messages brought, none of a sender who may file for its
-- unit: the latest of them
select distinct on (filing_id) filing_id, from_address, unit_name
from ops.mailed_only
where filing_id = any(:filings) and not is_allowed
order by filing_id, message_key
