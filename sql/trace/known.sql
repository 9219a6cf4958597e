-- grain: one row per map and period that a unit has a figure of an indicator for
select distinct unit_map, period_key
from mart.trace
where unit_code = :unit and indicator_code = :indicator
order by unit_map, period_key
