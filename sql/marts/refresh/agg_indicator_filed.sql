-- grain: one row a touched unit that filed, year, period, measure and indicator: its figures
-- (filed_figure), and rates from their counts. What a commune reached since the opening counts of
-- the communes it came of is bridged: never as filed, and on every map. What a district or province
-- filed for itself is its own: it stands for all its communes where not all of them reported
-- (own_over_sum).
insert into dw.agg_indicator
with rates as (
    select
        n.level, n.unit_key, n.year, n.period, n.measure, i.indicator_key,
        n.value as numerator, d.value as denominator, n.is_bridged or d.is_bridged as is_bridged
    from dw.dim_indicator as i
    inner join filed_figure as n on n.indicator_code = i.numerator_code
    inner join filed_figure as d
        on d.indicator_code = i.denominator_code
        and d.level = n.level and d.unit_key = n.unit_key
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
        level, unit_key, year, period, measure, indicator_key,
        value as numerator, null::numeric as denominator, value, is_bridged
    from filed_figure
    where kind = 'count'
    union all
    select
        level, unit_key, year, period, measure, indicator_key,
        numerator, denominator, 100 * numerator / nullif(denominator, 0), is_bridged
    from rates as r
    where not is_bridged or not exists (
        select from filed_figure as s
        where
            r.level = s.level and r.unit_key = s.unit_key and r.year = s.year
            and r.period = s.period and r.measure = s.measure and r.indicator_key = s.indicator_key
    )
    union all
    select level, unit_key, year, period, measure, indicator_key, null, null, value, false
    from filed_figure as s
    where kind = 'rate' and not exists (
        select from rates as r
        where
            r.level = s.level and r.unit_key = s.unit_key and r.year = s.year
            and r.period = s.period and r.measure = s.measure and r.indicator_key = s.indicator_key
            and not r.is_bridged
    )
)

select
    f.level, f.unit_key, coalesce(c.district_key, d.district_key),
    coalesce(c.province_key, d.province_key, f.unit_key), f.year, f.period, f.measure,
    f.indicator_key, f.numerator, f.denominator, f.value, 1, 1, 1, 1,
    case when f.is_bridged then 'bridged' when f.level = 'commune' then 'as_filed' else 'own' end,
    0
from figures as f
left join dw.dim_commune as c on f.level = 'commune' and c.commune_key = f.unit_key
left join dw.dim_district as d on f.level = 'district' and d.district_key = f.unit_key
where not f.is_bridged or f.measure in ('actual', 'preliminary')
