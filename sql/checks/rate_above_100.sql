-- one row per rate of a stock, in a province and year of touched units, whose part exceeds its whole
-- severity: fail
-- vi: phần lớn hơn tổng thể
with figure as (
    select
        level, unit_key, province_key, year, period, measure, indicator_key, numerator, denominator
    from dw.agg_indicator
    union all
    select
        level, unit_key, province_key, year, period, measure, indicator_key, numerator, denominator
    from dw.agg_indicator_own
    union all
    select
        'commune', commune_key, province_key, year, period, measure, indicator_key, numerator,
        denominator
    from dw.agg_indicator_bridged
)

select f.level, f.unit_key, f.year, f.period, f.measure, f.indicator_key
from figure as f
inner join dw.dim_indicator as i using (indicator_key)
where
    i.merger = 'parts' and i.timing = 'stock' and f.numerator > f.denominator
    and (f.province_key, f.year) in (select province_key, year from stg.touched_province)
