-- grain: one row a rate of a stock, in a touched province, whose part exceeds its whole
-- severity: fail
select a.level, a.unit_key, a.year, a.period, a.measure, a.indicator_key
from dw.agg_indicator as a
inner join dw.dim_indicator as i using (indicator_key)
where
    i.kind = 'rate' and i.flow = 'stock' and a.numerator > a.denominator
    and a.province_key in (select province_key from stg.touched)
