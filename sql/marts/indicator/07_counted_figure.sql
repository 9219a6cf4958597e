-- makes filed_figure
-- reads filed_figure, stg.period_part, dw.dim_indicator
-- one row per count of a period that all shorter ones make up, unless it was filed: their sum
-- why some units report by months and others by half-years. Of a period that lacks one there is none
insert into filed_figure (
    level, unit_key, year, period, measure, indicator_key, value, is_bridged, indicator_code, kind
)
select distinct on (s.level, s.unit_key, s.year, p.period, s.indicator_key)
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
    and not exists (
        select from filed_figure as f
        where
            (f.level, f.unit_key, f.year, f.period, f.measure, f.indicator_key)
            = (s.level, s.unit_key, s.year, p.period, s.measure, s.indicator_key)
    )
order by s.level, s.unit_key, s.year, p.period, s.indicator_key, cardinality(p.parts)
