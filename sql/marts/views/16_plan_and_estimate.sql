-- makes mart.plan_and_estimate
-- reads mart.indicator_by_unit
-- one row per unit, map, year and indicator that is estimated or was planned for in a report: the
--   plan stated the year before, the estimate of the whole year, what was reached by the latest
--   period since 1 January
-- why they are seen beside what was reached, and never in place of it
create view mart.plan_and_estimate as
with stated as (
    select
        level, unit_code, unit_name, unit_map, year, indicator_code, unit_of_measure, sort_key,
        max(value) filter (where measure = 'plan_next') as plan_value,
        max(value) filter (where measure = 'estimate') as estimate_value
    from mart.indicator_by_unit
    where measure in ('plan_next', 'estimate')
    group by level, unit_code, unit_name, unit_map, year, indicator_code, unit_of_measure, sort_key
)

select
    s.level, s.unit_code, s.unit_name, s.unit_map, s.year, s.indicator_code, s.unit_of_measure,
    s.plan_value, s.estimate_value, a.period as actual_period, a.value as actual_value, s.sort_key
from stated as s
left join lateral (
    select f.period, f.value
    from mart.indicator_by_unit as f
    where
        f.level = s.level and f.unit_code = s.unit_code and f.unit_name = s.unit_name
        and f.unit_map = s.unit_map and f.year = s.year and f.indicator_code = s.indicator_code
        and f.measure = 'actual' and f.value is not null and ref.first_month(f.period) = 1
    order by ref.last_month(f.period) desc
    limit 1
) as a on true;
