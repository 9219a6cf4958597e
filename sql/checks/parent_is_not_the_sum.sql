-- grain: one row a district count that is not the sum of its communes
-- severity: fail
select d.unit_key, d.year, d.period, d.measure, d.indicator_key
from dw.agg_indicator as d
inner join (
    select district_key, year, period, measure, indicator_key, sum(numerator) as numerator
    from dw.agg_indicator
    where level = 'commune' and numerator is not null
    group by district_key, year, period, measure, indicator_key
) as c
    on c.district_key = d.unit_key and c.year = d.year and c.period = d.period
    and c.measure = d.measure and c.indicator_key = d.indicator_key
where d.level = 'district' and d.numerator <> c.numerator
