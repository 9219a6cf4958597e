-- grain: one row per correction, and whether it was decided after the day
select
    form, unit_code as unit, year, period, sheet, cell, guard, trim_scale(value) as value, reason,
    told, corrected_on as on, corrected_by as by, corrected_on > :day as is_later
from ref.correction
