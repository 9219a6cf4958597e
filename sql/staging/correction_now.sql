-- grain: one row per row of the corrections file as it is now (sql/staging/reopen.sql)
create temporary table correction_now on commit drop as
select
    form, unit_code, year, period, sheet, cell, guard, value, reason, told, corrected_on,
    corrected_by
from ref.correction
with no data
