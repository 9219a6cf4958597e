-- grain: one row per map and period that a unit has a figure of an indicator, or money of a project, for
select unit_map, period_key
from mart.trace
where unit_code = :unit and indicator_code = :indicator
union
select unit_map, period_key
from mart.trace_fund
where unit_code = :unit and coalesce(project_code, programme_code) = :indicator
order by 1, 2
