-- grain: one row per unit (of :keys at :of_level) and period of the year with a figure of poor
-- households: what was reached, and how what was registered (where nothing was, what was assigned)
-- is judged by it
with known as (
    select a.unit_key, a.period
    from mart.indicator_on_map as a
    inner join dw.dim_indicator as i using (indicator_key)
    where
        a.level = :of_level and a.unit_key = any(:keys) and a.unit_map = :unit_map
        and a.year = :year and a.measure = 'actual' and i.indicator_code = 'poor_households'
        and a.value is not null
),

figure as (
    select
        a.unit_key, a.period, i.indicator_code, round(a.value, i.decimals) as value,
        a.is_self_filed,
        case when not a.is_self_filed then a.units_reported || '/' || a.units_expected end as coverage
    from mart.indicator_on_map as a
    inner join known as l using (unit_key, period)
    inner join dw.dim_indicator as i using (indicator_key)
    where
        a.level = :of_level and a.unit_map = :unit_map and a.year = :year
        and a.measure = 'actual'
),

judged as (
    select distinct on (u.unit_key, a.period, a.indicator_code)
        u.unit_key, a.period, a.indicator_code, a.verdict, a.reason,
        coalesce(a.asked_by, a.basis) as stated_by, a.target_value
    from mart.attainment as a
    inner join mart.unit as u
        on u.level = a.level and u.unit_code = a.unit_code and u.unit_name = a.unit_name
        and u.unit_key = any(:keys)
    inner join known as l on l.unit_key = u.unit_key and l.period = a.period
    where
        a.level = :of_level and a.unit_map = :unit_map and a.year = :year
        and (a.basis <> 'assigned' or a.asked_by <> 'own_plan')
    order by u.unit_key, a.period, a.indicator_code, a.basis not like 'registered%', a.basis
)

select
    l.unit_key, l.period, c.is_self_filed, c.coverage,
    p.value as poor_households, r.value as poverty_rate_pct, c.value as cut_households,
    v.verdict as cut_verdict, v.stated_by as cut_stated_by, v.target_value as cut_target,
    w.verdict as rate_verdict, w.stated_by as rate_stated_by, w.target_value as rate_target
from known as l
left join figure as p
    on p.unit_key = l.unit_key and p.period = l.period and p.indicator_code = 'poor_households'
left join figure as r
    on r.unit_key = l.unit_key and r.period = l.period and r.indicator_code = 'poverty_rate'
left join figure as c
    on c.unit_key = l.unit_key and c.period = l.period
    and c.indicator_code = 'poor_households_reduction'
left join judged as v
    on v.unit_key = l.unit_key and v.period = l.period
    and v.indicator_code = 'poor_households_reduction'
left join judged as w
    on w.unit_key = l.unit_key and w.period = l.period and w.indicator_code = 'poverty_rate'
order by l.unit_key, l.period
