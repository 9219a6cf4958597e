-- grain: one row per indicator, and project or programme that money is filed by
select indicator_code
from dw.dim_indicator
union
select coalesce(project_code, programme_code)
from mart.dim_fund
order by 1
