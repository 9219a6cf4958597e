-- grain: one row a figure of a touched commune: what it filed itself or its parent filed for
-- it, and what follows by addition (ref.derivation)
create temporary table commune_figure on commit drop as
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
)

select commune_key, year, period, measure, indicator_key, value, indicator_code, kind
from stated
union all
select
    d.commune_key, d.year, d.period, d.measure, d.indicator_key, d.value, d.indicator_code,
    'count'
from derived as d
where not exists (
    select from stated as s
    where
        s.commune_key = d.commune_key and s.year = d.year and s.period = d.period
        and s.measure = d.measure and s.indicator_key = d.indicator_key
)
