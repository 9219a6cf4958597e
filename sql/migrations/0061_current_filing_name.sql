-- The file of a filing that counts is told wherever its figures are.
create or replace view raw.current_filing as
select
    filing_id, form, filer_level, filer_code, year, last_year, period, version, units_on,
    received_at, original_name
from raw.filing
where state = 'accepted' and superseded_by is null;
