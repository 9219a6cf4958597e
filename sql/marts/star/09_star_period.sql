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
        level, unit_id, province_id, year, period, indicator_key, numerator, denominator, value,
        units_expected, units_reported, reason, is_self_filed
    from star_figure
    where measure = 'actual' or (measure = 'baseline' and period = 'OPEN')
),

filed_above as (
    select distinct district_id, year, period, indicator_key
    from star_figure
    where reason = 'not_split' and is_self_filed and level = 'commune'
)

select
    level, unit_id, province_id, year, period, indicator_key, f.numerator, f.denominator, f.value,
    f.units_expected, coalesce(f.units_reported, 0),
    case
        when f.unit_id is not null then f.reason
        when level = 'commune' and a.district_id is not null then 'filed_above'
        else 'not_filed'
    end,
    coalesce(f.is_self_filed, false),
    f.unit_id is not null and exists (
        select from star_invented_figure as n
        where
            (n.unit_id, n.year, n.period, n.indicator_key) = (f.unit_id, f.year, f.period, f.indicator_key)
            and n.measure = case f.period when 'OPEN' then 'baseline' else 'actual' end
    )
from star_expected as e
full join reached as f using (level, unit_id, province_id, year, period, indicator_key)
left join filed_above as a using (district_id, year, period, indicator_key)
order by year, indicator_key, level, period, unit_id
