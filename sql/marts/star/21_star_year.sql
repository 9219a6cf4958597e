-- makes dw.star_year
-- reads star_figure, dw.star_period, star_member, star_shown, dw.dim_indicator, star_invented_figure,
--   star_kept
-- one row per unit, year and indicator: what was reached by the period of star_shown, and what else is
--   said of the year
-- why the most is known of its province by that period. Communes that are kept have their rows
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
    where (p.unit_id, p.year) not in (select unit_id, year from star_kept)
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
    where f.measure <> 'actual' and (f.unit_id, f.year) not in (select unit_id, year from star_kept)
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
    inner join star_shown using (province_id, year, indicator_key, period)
)
full join said as s using (unit_id, year, indicator_key)
inner join dw.dim_indicator as i using (indicator_key)
order by ref.star_order(indicator_key, coalesce(r.level, s.level), year, '', unit_id)  -- one indicator is read together
