-- one row per rate of a stock, of a unit computed again or known besides in its province, whose part exceeds its whole
-- severity: fail
-- vi: phần lớn hơn tổng thể
with figure as (
    select level, unit_key, year, period, measure, indicator_key
    from stg.touched_figure
    where numerator > denominator
    union all
    select a.level, a.unit_key, a.year, a.period, a.measure, a.indicator_key
    from stg.touched_province as t
    inner join dw.agg_indicator_own as a using (province_key, year)
    where a.numerator > a.denominator
    union all
    select 'commune', a.commune_key, a.year, a.period, a.measure, a.indicator_key
    from stg.touched_province as t
    inner join dw.agg_indicator_bridged as a using (province_key, year)
    where a.numerator > a.denominator
)

select f.level, f.unit_key, f.year, f.period, f.measure, f.indicator_key
from figure as f
inner join dw.dim_indicator as i using (indicator_key)
where i.merger = 'parts' and i.timing = 'stock'
