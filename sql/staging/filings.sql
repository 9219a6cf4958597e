-- grain: one row per recognised filing that waits to be checked
select
    filing_id, form, form_version, filer_level, filer_code, year, period, units_on,
    last_year, original_name as file
from raw.filing
where state = 'staged' and form_version is not null
