-- grain: one row a touched commune, year, period, measure and indicator: its figures
-- (commune_figure), and rates from their counts
insert into dw.agg_indicator
with rates as (
    select
        n.commune_key, n.year, n.period, n.measure, i.indicator_key,
        n.value as numerator, d.value as denominator
    from dw.dim_indicator as i
    inner join commune_figure as n on n.indicator_code = i.numerator_code
    inner join commune_figure as d
        on d.indicator_code = i.denominator_code
        and d.commune_key = n.commune_key
        and d.year = n.year
        -- a registered end-of-year rate divides by start-of-year counts (Na Rì's annex)
        and d.period = case
            when i.denominator_measure = 'opening' or n.measure = 'target' then 'OPEN'
            else n.period
        end
        and d.measure = case
            when i.denominator_measure = 'opening' or n.measure = 'target' then 'baseline'
            else n.measure
        end
    where i.kind = 'rate'
),

figures as (
    select
        commune_key, year, period, measure, indicator_key,
        value as numerator, null::numeric as denominator, value
    from commune_figure
    where kind = 'count'
    union all
    select
        commune_key, year, period, measure, indicator_key,
        numerator, denominator, 100 * numerator / nullif(denominator, 0)
    from rates
    union all
    select commune_key, year, period, measure, indicator_key, null, null, value
    from commune_figure as s
    where kind = 'rate' and not exists (
        select from rates as r
        where
            r.commune_key = s.commune_key and r.year = s.year and r.period = s.period
            and r.measure = s.measure and r.indicator_key = s.indicator_key
    )
)

select
    'commune', f.commune_key, c.district_key, c.province_key, f.year, f.period, f.measure,
    f.indicator_key, f.numerator, f.denominator, f.value, 1, 1, 1, 1
from figures as f
inner join dw.dim_commune as c using (commune_key)
