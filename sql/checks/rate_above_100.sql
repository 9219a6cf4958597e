-- one row per rate of a stock, of a unit computed again or known besides in its province, whose part exceeds its whole
-- severity: fail
-- vi: phần lớn hơn tổng thể
with figure as (
    select level, unit_key, year, period, measure, indicator_key, numerator, denominator
    from stg.touched_figure
    where numerator > denominator
    union all
    select
        a.level, a.unit_key, a.year, a.period, a.measure, a.indicator_key, a.numerator,
        a.denominator
    from stg.touched_province as t
    inner join dw.agg_indicator_own as a using (province_key, year)
    where a.numerator > a.denominator
    union all
    select
        'commune', a.commune_key, a.year, a.period, a.measure, a.indicator_key, a.numerator,
        a.denominator
    from stg.touched_province as t
    inner join dw.agg_indicator_bridged as a using (province_key, year)
    where a.numerator > a.denominator
),

-- A commune's report of November gives the grid to all its 201 households; the review of December
-- counts 200. Each filing is sound, of its own day, and so are the sums above, and what it became.
of_two_filings as (
    select f.level, f.unit_key, f.year, f.period, f.measure, f.indicator_key
    from figure as f
    inner join (
        select m.level, m.unit_key, s.commune_key
        from ref.map_unit as m inner join ref.map_share as s using (map_unit_no)
        union all
        select 'commune', commune_key, commune_key from dw.dim_commune -- none as filed is on a map
    ) as s using (level, unit_key)
    inner join dw.agg_indicator as a
        on (a.unit_map, a.level, a.unit_key, a.year, a.period, a.measure, a.indicator_key)
        = ('as_filed', 'commune', s.commune_key, f.year, f.period, f.measure, f.indicator_key)
    inner join dw.dim_indicator as i on i.indicator_key = a.indicator_key
    inner join dw.dim_indicator as p on p.indicator_code = i.numerator_code
    inner join dw.dim_indicator as w on w.indicator_code = i.denominator_code
    inner join dw.fact_indicator as n
        on (n.commune_key, n.year, n.period, n.measure, n.indicator_key, n.value)
        = (a.unit_key, a.year, a.period, a.measure, p.indicator_key, a.numerator)
    inner join dw.fact_indicator as d
        on (d.commune_key, d.year, d.period, d.measure, d.indicator_key, d.value)
        = (a.unit_key, a.year, a.period, a.measure, w.indicator_key, a.denominator)
    inner join raw.current_filing as g on g.filing_id = n.filing_id
    inner join raw.current_filing as h on h.filing_id = d.filing_id
    where a.numerator > a.denominator and n.filing_id <> d.filing_id
)

select f.level, f.unit_key, f.year, f.period, f.measure, f.indicator_key
from figure as f
inner join dw.dim_indicator as i using (indicator_key)
where i.merger = 'parts' and i.timing = 'stock' and not exists (
    select from of_two_filings as o
    where
        (o.level, o.unit_key, o.year, o.period, o.measure, o.indicator_key)
        = (f.level, f.unit_key, f.year, f.period, f.measure, f.indicator_key)
)
