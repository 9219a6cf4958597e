-- makes dw.star_period
-- reads star_expected, star_figure, star_invented_figure
-- one row per unit, period and indicator that it has reached something of, or should have filed
-- why no value stands beside why there is none. Stored by indicator, so that one is read together
insert into dw.star_period (
    level, unit_id, province_id, year, period, indicator_key, numerator, denominator, value,
    units_expected, units_reported, reason, is_self_filed, is_illustrative
)
with reached as (
    select
        figure_no, level, unit_id, province_id, year, period, indicator_key, numerator, denominator, value,
        units_expected, units_reported, reason, is_self_filed
    from star_figure
    where measure = 'actual' or (measure = 'baseline' and period = 'OPEN')
),

filed_above as (
    select distinct 'commune' as level, district_id, year, period, indicator_key
    from star_figure
    where reason = 'not_split' and is_self_filed and level = 'commune'
)

select
    f.level, unit_id, f.province_id, year, period, indicator_key, f.numerator, f.denominator, f.value,
    f.units_expected, coalesce(f.units_reported, 0), f.reason, coalesce(f.is_self_filed, false),
    n.figure_no is not null
from reached as f
left join star_invented_figure as n using (figure_no)
union all
select
    level, e.unit_id, e.province_id, year, period, indicator_key, null, null, null, null, 0,
    case when a.district_id is null then 'not_filed' else 'filed_above' end, false, false
from star_expected as e
left join filed_above as a using (level, district_id, year, period, indicator_key)
where not exists (
    select from reached as f
    where
        (f.unit_id, f.year, f.period, f.indicator_key) = (e.unit_id, e.year, e.period, e.indicator_key)
        and f.level = e.level
)
order by year, indicator_key, level, period, unit_id
