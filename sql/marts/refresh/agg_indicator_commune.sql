-- grain: one row a touched commune, year, period, measure and indicator: what it filed
-- itself or its parent filed for it, what follows by addition, and rates from their counts.
insert into dw.agg_indicator
with scope as (
    select distinct commune_key, year from stg.touched where commune_key is not null
),

filed as (
    select distinct on (f.commune_key, f.year, f.period, f.measure, f.indicator_key)
        f.commune_key, f.year, f.period, f.measure, f.indicator_key, f.value
    from dw.fact_indicator as f
    inner join scope using (commune_key, year)
    inner join raw.filing as g using (filing_id)
    where g.state = 'accepted' and g.superseded_by is null and f.state = 'value'
    order by
        f.commune_key, f.year, f.period, f.measure, f.indicator_key,
        g.received_at desc, f.filing_id desc
),

registered as (
    select distinct on (f.commune_key, f.year, f.period, f.indicator_key)
        f.commune_key, f.year, f.period, 'target' as measure, f.indicator_key,
        f.target_value as value
    from dw.fact_target as f
    inner join scope using (commune_key, year)
    inner join raw.filing as g using (filing_id)
    where
        g.state = 'accepted' and g.superseded_by is null and f.state = 'value'
        and f.basis = 'registered'
    order by
        f.commune_key, f.year, f.period, f.indicator_key, g.received_at desc, f.filing_id desc
),

stated as (
    select s.*, i.indicator_code, i.kind
    from (select * from filed union all select * from registered) as s
    inner join dw.dim_indicator as i using (indicator_key)
),

derived as (
    select
        s.commune_key, s.year, d.period, d.measure, i.indicator_key,
        sum(d.sign * s.value) as value, d.indicator_code
    from ref.derivation as d
    inner join dw.dim_indicator as i using (indicator_code)
    inner join stated as s
        on s.indicator_code = d.part_code
        and s.measure = d.part_measure
        and s.period = d.part_period
    group by s.commune_key, s.year, d.period, d.measure, i.indicator_key, d.indicator_code
    having count(*) = (
        select count(*) from ref.derivation as e
        where (e.indicator_code, e.measure, e.period) = (d.indicator_code, d.measure, d.period)
    )
),

counts as (
    select commune_key, year, period, measure, indicator_key, value, indicator_code
    from stated
    where kind = 'count'
    union all
    select d.* from derived as d
    where not exists (
        select from stated as s
        where (s.commune_key, s.year, s.period, s.measure, s.indicator_key)
            = (d.commune_key, d.year, d.period, d.measure, d.indicator_key)
    )
),

rates as (
    select
        n.commune_key, n.year, n.period, n.measure, i.indicator_key,
        n.value as numerator, d.value as denominator
    from dw.dim_indicator as i
    inner join counts as n on n.indicator_code = i.numerator_code
    inner join counts as d
        on d.indicator_code = i.denominator_code
        and d.commune_key = n.commune_key
        and d.year = n.year
        and d.period = case i.denominator_measure when 'same' then n.period else 'OPEN' end
        and d.measure = case i.denominator_measure when 'same' then n.measure else 'baseline' end
    where i.kind = 'rate'
),

figures as (
    select
        commune_key, year, period, measure, indicator_key,
        value as numerator, null::numeric as denominator, value
    from counts
    union all
    select
        commune_key, year, period, measure, indicator_key,
        numerator, denominator, 100 * numerator / nullif(denominator, 0)
    from rates
    union all
    select commune_key, year, period, measure, indicator_key, null, null, value
    from stated as s
    where kind = 'rate' and not exists (
        select from rates as r
        where (r.commune_key, r.year, r.period, r.measure, r.indicator_key)
            = (s.commune_key, s.year, s.period, s.measure, s.indicator_key)
    )
)

select
    'commune', f.commune_key, c.district_key, c.province_key, f.year, f.period, f.measure,
    f.indicator_key, f.numerator, f.denominator, f.value, 1, 1, 1, 1
from figures as f
inner join dw.dim_commune as c using (commune_key)
