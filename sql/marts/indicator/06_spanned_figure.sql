-- makes filed_figure
-- reads filed_figure, stg.period_part, dw.dim_period, dw.dim_indicator
-- one row per figure of a period that follows from shorter ones, unless it was filed: what was
--   counted in all of them, in sum; a level or a rate that the last of them ended with
-- why some units report by months and others by half-years. Of periods that lack one there is none
insert into filed_figure (
    level, unit_key, year, period, measure, indicator_key, value, is_bridged, indicator_code, kind
)
with counted as (
    select distinct on (s.level, s.unit_key, s.year, p.period, s.measure, s.indicator_key)
        s.level, s.unit_key, s.year, p.period, s.measure, s.indicator_key, w.value, s.is_bridged,
        s.indicator_code, s.kind
    from stg.period_part as p
    inner join filed_figure as s on s.period = p.last_part
    inner join dw.dim_indicator as i using (indicator_key)
    cross join lateral (
        select sum(a.value) as value, count(*) as parts
        from filed_figure as a
        where
            a.level = s.level and a.unit_key = s.unit_key and a.year = s.year
            and a.measure = s.measure and a.indicator_key = s.indicator_key
            and a.period = any(p.parts)
    ) as w
    where
        s.measure = 'actual' and i.timing = 'flow' and s.kind = 'count'
        and w.parts = cardinality(p.parts)
    order by
        s.level, s.unit_key, s.year, p.period, s.measure, s.indicator_key, cardinality(p.parts)
),

ended as (
    select distinct on (s.level, s.unit_key, s.year, w.period, s.measure, s.indicator_key)
        s.level, s.unit_key, s.year, w.period, s.measure, s.indicator_key, s.value, s.is_bridged,
        s.indicator_code, s.kind
    from filed_figure as s
    inner join dw.dim_indicator as i using (indicator_key)
    inner join dw.dim_period as p on p.period = s.period
    inner join dw.dim_period as w
        on w.last_month = p.last_month and w.first_month < p.first_month
    where s.measure = 'actual' and i.timing = 'stock'
    order by
        s.level, s.unit_key, s.year, w.period, s.measure, s.indicator_key, p.first_month desc
)

select f.* from (select * from counted union all select * from ended) as f
where not exists (
    select from filed_figure as s
    where
        (s.level, s.unit_key, s.year, s.period, s.measure, s.indicator_key)
        = (f.level, f.unit_key, f.year, f.period, f.measure, f.indicator_key)
)
