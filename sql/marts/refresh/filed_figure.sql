-- grain: one row a figure of a touched commune: what it filed itself or its parent filed for it;
-- where it filed no opening count, that of the communes it came of whole (is_bridged). What
-- districts and provinces filed for themselves (own_figure) and what follows by addition
-- (derived_figure) is added to it.
create temporary table filed_figure on commit drop as
with scope as (
    select distinct commune_key, year from stg.touched where commune_key is not null
),

origin as (
    -- the communes of 1 January that a touched one came of
    select s.commune_key, s.year, p.from_key, p.weight
    from scope as s
    inner join ref.unit_path as p on p.to_key = s.commune_key
    inner join dw.dim_commune as c
        on c.commune_key = p.from_key
        and make_date(s.year, 1, 1) >= c.valid_from and make_date(s.year, 1, 1) < c.valid_to
),

filed as (
    select distinct on (f.commune_key, f.year, f.period, f.measure, f.indicator_key)
        f.commune_key, f.year, f.period, f.measure, f.indicator_key, f.value
    from dw.fact_indicator as f
    inner join (
        select commune_key, year from scope
        union
        select from_key, year from origin
    ) as u using (commune_key, year)
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

opened as (
    select
        o.commune_key, o.year, f.period, f.measure, f.indicator_key,
        sum(f.value * o.weight) as value
    from origin as o
    inner join filed as f on f.commune_key = o.from_key and f.year = o.year
    inner join dw.dim_indicator as i using (indicator_key)
    where f.measure = 'baseline' and i.kind = 'count'
    group by o.commune_key, o.year, f.period, f.measure, f.indicator_key
    having count(o.weight) = (
        select count(*) from origin as a
        where a.commune_key = o.commune_key and a.year = o.year
    )
),

own as (
    select f.* from filed as f inner join scope using (commune_key, year)
    union all
    select * from registered
),

stated as (
    select *, false as is_bridged from own
    union all
    select o.*, true from opened as o
    where not exists (
        select from own as w
        where
            (w.commune_key, w.year, w.period, w.measure, w.indicator_key)
            = (o.commune_key, o.year, o.period, o.measure, o.indicator_key)
    )
)

select
    'commune' as level, s.commune_key as unit_key, s.year, s.period, s.measure, s.indicator_key,
    s.value, s.is_bridged, i.indicator_code, i.kind
from stated as s
inner join dw.dim_indicator as i using (indicator_key)
