-- one row per count that a unit filed for itself where all its communes add up to another
-- severity: warn
select o.level, o.unit_key, o.year, o.period, o.measure, o.indicator_key
from dw.agg_indicator_own as o
inner join dw.agg_indicator as a
    on a.level = o.level and a.unit_key = o.unit_key and a.year = o.year and a.period = o.period
    and a.measure = o.measure and a.indicator_key = o.indicator_key and a.unit_map = 'as_filed'
where
    not a.is_self_filed and o.numerator <> a.numerator
    and (o.province_key, o.year) in (select province_key, year from stg.touched)
