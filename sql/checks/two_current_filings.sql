-- one row per unit, form, years and period that has more than one current filing
-- severity: fail
select form, filer_code, year, last_year, period
from raw.current_filing
group by form, filer_code, year, last_year, period
having count(*) > 1
