-- makes stg.target_outcome
-- reads mart.indicator_on_map, dw.dim_indicator, dw.fact_target
-- one row per map, unit, year and indicator that targets are about: what was reached by the latest
--   reported period of the year
-- why what was asked and registered is seen beside what came of it; a figure rests on all its
--   communes or not
create view stg.target_outcome as
select distinct on (a.unit_map, a.level, a.unit_key, a.year, a.indicator_key)
    a.unit_map, a.level, a.unit_key, a.year, a.indicator_key, a.period as reached_period,
    round(a.value, i.decimals) as reached_value,
    a.period = 'Y' and a.units_reported = a.units_expected as is_whole
from mart.indicator_on_map as a
inner join dw.dim_indicator as i using (indicator_key)
where
    a.measure = 'actual' and a.value is not null and ref.first_month(a.period) = 1
    and exists (select from dw.fact_target as f where f.indicator_key = a.indicator_key)
order by a.unit_map, a.level, a.unit_key, a.year, a.indicator_key,
    ref.last_month(a.period) desc;
