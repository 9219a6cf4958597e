-- makes unit_figure
-- reads filed_figure, counted_rate, dw.dim_indicator, dw.dim_commune, dw.dim_district
-- one row per figure of a touched unit: its counts, rates from its counts, and rates filed alone
-- why a rate filed on paper stands before one from bridged counts, after one from its own counts.
--   What is bridged counts only for what was reached since, never as an opening figure
create temporary table unit_figure on commit drop as
with paper as (
    select level, unit_key, year, period, measure, indicator_key, value
    from filed_figure
    where kind = 'rate'
),

rate as (
    select
        level, unit_key, year, period, measure, indicator_key, c.numerator, c.denominator,
        c.is_bridged, p.value as on_paper,
        c.level is null or (c.is_bridged and p.level is not null) as is_on_paper
    from counted_rate as c
    full join paper as p using (level, unit_key, year, period, measure, indicator_key)
),

figure as (
    select
        level, unit_key, year, period, measure, indicator_key,
        value as numerator, case kind when 'yes_no' then 1::numeric end as denominator, value,
        is_bridged
    from filed_figure
    where kind in ('count', 'yes_no')
    union all
    select
        level, unit_key, year, period, measure, indicator_key, numerator, denominator,
        i.per * numerator / nullif(denominator, 0), is_bridged
    from rate
    inner join dw.dim_indicator as i using (indicator_key)
    where not is_on_paper
    union all
    select level, unit_key, year, period, measure, indicator_key, null, null, on_paper, false
    from rate
    where is_on_paper
)

select
    f.level, f.unit_key, coalesce(c.district_key, d.district_key) as district_key,
    coalesce(c.province_key, d.province_key, f.unit_key) as province_key, f.year, f.period,
    f.measure, f.indicator_key, f.numerator, f.denominator, f.value, f.is_bridged
from figure as f
left join dw.dim_commune as c on f.level = 'commune' and c.commune_key = f.unit_key
left join dw.dim_district as d on f.level = 'district' and d.district_key = f.unit_key
where not f.is_bridged or f.measure in ('actual', 'preliminary')
