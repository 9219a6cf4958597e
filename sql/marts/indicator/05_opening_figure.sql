-- makes filed_figure
-- reads commune_origin, filed_figure, dw.fact_indicator, raw.current_filing, dw.dim_indicator
-- one row per opening count that a touched commune did not file: those of the communes it came of
-- why what it reached since then can be told only beside them; it is known where all of them filed
insert into filed_figure (
    level, unit_key, year, period, measure, indicator_key, value, is_bridged, indicator_code, kind
)
with origin as (
    select
        commune_key, year, from_key, weight,
        count(*) over (partition by commune_key, year) as origins
    from commune_origin
),

origin_count as (
    select distinct on (f.commune_key, f.year, f.period, f.indicator_key)
        f.commune_key, f.year, f.period, f.measure, f.indicator_key, f.value
    from dw.fact_indicator as f
    inner join (select distinct from_key, year from commune_origin) as o
        on o.from_key = f.commune_key and o.year = f.year
    inner join raw.current_filing as g using (filing_id)
    where f.state = 'value' and f.measure = 'baseline'
    order by
        f.commune_key, f.year, f.period, f.indicator_key, ref.fact_rank(f.measure, f.year_offset),
        g.received_at desc, f.filing_id desc
),

opened as (
    select
        o.commune_key, o.year, f.period, f.measure, f.indicator_key,
        sum(f.value * o.weight) as value
    from origin as o
    inner join origin_count as f on f.commune_key = o.from_key and f.year = o.year
    group by o.commune_key, o.year, o.origins, f.period, f.measure, f.indicator_key
    having count(o.weight) = o.origins
)

select
    'commune', o.commune_key, o.year, o.period, o.measure, o.indicator_key, o.value, true,
    i.indicator_code, i.kind
from opened as o
inner join dw.dim_indicator as i using (indicator_key)
where i.kind = 'count' and i.merger = 'add' and not exists (
    select from filed_figure as s
    where
        (s.unit_key, s.year, s.period, s.measure, s.indicator_key)
        = (o.commune_key, o.year, o.period, o.measure, o.indicator_key)
)
