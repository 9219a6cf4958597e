-- grain: one row per target and period judged before the night's figures came
create temporary table verdict_before as
select level, unit_key, target_id, year, period, verdict
from dw.agg_attainment
where unit_map = 'as_filed'
