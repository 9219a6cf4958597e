-- grain: one row a touched commune, year, period, measure and indicator: its figures
-- (commune_figure), and rates from their counts. What it reached since the opening counts of the
-- communes it came of is bridged: never as filed, and on every map.
insert into dw.agg_indicator
with rates as (
    select
        n.commune_key, n.year, n.period, n.measure, i.indicator_key,
        n.value as numerator, d.value as denominator, n.is_bridged or d.is_bridged as is_bridged
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
        value as numerator, null::numeric as denominator, value, is_bridged
    from commune_figure
    where kind = 'count'
    union all
    select
        commune_key, year, period, measure, indicator_key,
        numerator, denominator, 100 * numerator / nullif(denominator, 0), is_bridged
    from rates as r
    where not is_bridged or not exists (
        select from commune_figure as s
        where
            r.commune_key = s.commune_key and r.year = s.year and r.period = s.period
            and r.measure = s.measure and r.indicator_key = s.indicator_key
    )
    union all
    select commune_key, year, period, measure, indicator_key, null, null, value, false
    from commune_figure as s
    where kind = 'rate' and not exists (
        select from rates as r
        where
            r.commune_key = s.commune_key and r.year = s.year and r.period = s.period
            and r.measure = s.measure and r.indicator_key = s.indicator_key
            and not r.is_bridged
    )
)

select
    'commune', f.commune_key, c.district_key, c.province_key, f.year, f.period, f.measure,
    f.indicator_key, f.numerator, f.denominator, f.value, 1, 1, 1, 1,
    case when f.is_bridged then 'bridged' else 'as_filed' end, 0
from figures as f
inner join dw.dim_commune as c using (commune_key)
where not f.is_bridged or f.measure in ('actual', 'preliminary')
