-- makes dw.star_year
-- reads star_figure, dw.star_period, star_member, dw.dim_period, dw.dim_indicator, star_invented_figure
-- one row per unit, year and indicator: what was reached by the one period that most of its province
--   is known of, the later of two, and what else is said of the year
-- why figures of two periods of a year are never added up, and all units of a province are of one day
insert into dw.star_year (
    level, unit_id, province_id, year, indicator_key, period, numerator, denominator, value,
    units_expected, units_reported, reason, is_self_filed, opening, assigned, registered,
    preliminary, estimate, plan_next, is_rate, is_illustrative
)
with shown as (
    select distinct on (p.unit_id, p.year, p.indicator_key)
        p.province_id, p.year, p.indicator_key, p.period
    from dw.star_period as p
    inner join dw.dim_period as d using (period)
    inner join (select distinct province_id, year from star_member) as s using (province_id, year)
    where p.level = 'province' and d.first_month = 1
    order by
        p.unit_id, p.year, p.indicator_key, p.units_reported::numeric / p.units_expected desc nulls last,
        d.last_month desc, p.period
),

reached as (
    select
        p.level, p.unit_id, p.province_id, p.year, p.indicator_key, p.period, p.numerator, p.denominator,
        p.value, p.units_expected, p.units_reported, p.reason, p.is_self_filed, p.is_illustrative
    from shown
    inner join dw.star_period as p using (province_id, year, indicator_key, period)
),

said as (
    select
        level, unit_id, province_id, year, indicator_key,
        max(value) filter (where measure = 'baseline' and period = 'OPEN') as opening,
        max(value) filter (where measure = 'assigned') as assigned,
        max(value) filter (where measure = 'registered') as registered,
        max(value) filter (where measure = 'preliminary' and period = 'Y') as preliminary,
        max(value) filter (where measure = 'estimate' and period = 'Y') as estimate,
        max(value) filter (where measure = 'plan_next') as plan_next
    from star_figure
    where measure <> 'actual'
    group by level, unit_id, province_id, year, indicator_key
),

invented as (
    select distinct unit_id, year, indicator_key from star_invented_figure where measure <> 'actual'
)

select
    level, unit_id, province_id, year, indicator_key, r.period, r.numerator, r.denominator, r.value,
    r.units_expected, coalesce(r.units_reported, 0), coalesce(r.reason, 'not_filed'),
    coalesce(r.is_self_filed, false), s.opening, s.assigned, s.registered, s.preliminary,
    s.estimate, s.plan_next, i.kind = 'rate',
    coalesce(r.is_illustrative, false) or (s.unit_id is not null and n.unit_id is not null)
from reached as r
full join said as s using (level, unit_id, province_id, year, indicator_key)
inner join dw.dim_indicator as i using (indicator_key)
-- joined: asked in the select list, all of it would be read for each row
left join invented as n using (unit_id, year, indicator_key)
order by year, indicator_key, level, unit_id  -- one indicator is read together
