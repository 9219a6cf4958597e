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
with done as materialized (  -- found by province; what is shown is then hashed
    select
        p.level, p.unit_id, p.province_id, p.year, p.indicator_key, p.period, p.numerator, p.denominator,
        p.value, p.units_expected, p.units_reported, p.reason, p.is_self_filed, p.is_illustrative
    from (select distinct province_id, year from star_member) as s
    inner join dw.star_period as p using (province_id, year)
),

shown as (
    select distinct on (p.unit_id, p.year, p.indicator_key)
        p.province_id, p.year, p.indicator_key, p.period
    from done as p
    inner join dw.dim_period as d using (period)
    where p.level = 'province' and d.first_month = 1
    order by
        p.unit_id, p.year, p.indicator_key, p.units_reported::numeric / p.units_expected desc nulls last,
        d.last_month desc, p.period
),

said as (
    select
        f.level, f.unit_id, f.province_id, f.year, f.indicator_key,
        max(f.value) filter (where f.measure = 'baseline' and f.period = 'OPEN') as opening,
        max(f.value) filter (where f.measure = 'assigned') as assigned,
        max(f.value) filter (where f.measure = 'registered') as registered,
        max(f.value) filter (where f.measure = 'preliminary' and f.period = 'Y') as preliminary,
        max(f.value) filter (where f.measure = 'estimate' and f.period = 'Y') as estimate,
        max(f.value) filter (where f.measure = 'plan_next') as plan_next,
        count(n.figure_no) > 0 as is_illustrative
    from star_figure as f
    left join star_invented_figure as n using (figure_no)
    where f.measure <> 'actual'
    group by f.level, f.unit_id, f.province_id, f.year, f.indicator_key
)

select
    coalesce(r.level, s.level), unit_id, coalesce(r.province_id, s.province_id), year, indicator_key,
    r.period, r.numerator, r.denominator, r.value,
    r.units_expected, coalesce(r.units_reported, 0), coalesce(r.reason, 'not_filed'),
    coalesce(r.is_self_filed, false), s.opening, s.assigned, s.registered, s.preliminary,
    s.estimate, s.plan_next, i.kind = 'rate',
    coalesce(r.is_illustrative, false) or coalesce(s.is_illustrative, false)
from (
    done as r
    inner join shown using (province_id, year, indicator_key, period)
)
full join said as s using (unit_id, year, indicator_key)
inner join dw.dim_indicator as i using (indicator_key)
order by ref.star_order(indicator_key, coalesce(r.level, s.level), year, '', unit_id)  -- one indicator is read together
