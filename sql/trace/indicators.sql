-- grain: one row per indicator
select indicator_code
from dw.dim_indicator
order by indicator_code
