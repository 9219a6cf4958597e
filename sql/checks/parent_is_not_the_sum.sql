-- grain: one row a district count, in a touched province, that is not the sum of its communes
-- severity: fail
with scope as (
    select * from dw.agg_indicator
    where
        province_key in (select province_key from stg.touched)
        and unit_map = 'as_filed'
),

communes as (
    select district_key, year, period, measure, indicator_key, sum(numerator) as numerator
    from scope
    where level = 'commune' and numerator is not null
    group by district_key, year, period, measure, indicator_key
)

select d.unit_key, d.year, d.period, d.measure, d.indicator_key
from scope as d
inner join communes as c
    on c.district_key = d.unit_key and c.year = d.year and c.period = d.period
    and c.measure = d.measure and c.indicator_key = d.indicator_key
where d.level = 'district' and d.numerator <> c.numerator
