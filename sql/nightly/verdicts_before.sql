-- grain: one row per target and period judged before the night's figures came
create temporary table verdict_before as
select level, unit_key, asked, year, period, verdict
from stg.judged_target
