-- makes filed_figure
-- reads filed_figure, stg.period_part, dw.dim_indicator
-- one row per count of a period that all shorter ones make up, unless it was filed: their sum
-- why some units report by months and others by half-years. Of a period that lacks one there is none
insert into filed_figure (
    level, unit_key, year, period, measure, indicator_key, value, is_bridged, indicator_code, kind
)
with whole as (
    select
        s.level, s.unit_key, s.year, p.period, s.measure, s.indicator_key, s.indicator_code, s.kind,
        cardinality(p.parts) as parts, sum(s.value) as value,
        bool_or(s.is_bridged and s.period = p.last_part) as is_bridged
    from (
        select p.period, p.parts, p.last_part from stg.period_part as p
        where p.parts <@ array(select distinct period from filed_figure)  -- all of them
    ) as p
    cross join unnest(p.parts) as part (period)
    inner join filed_figure as s on s.period = part.period
    inner join dw.dim_indicator as i using (indicator_key)
    where s.measure = 'actual' and i.timing = 'flow' and s.kind = 'count'
    group by
        s.level, s.unit_key, s.year, p.period, p.parts, s.measure, s.indicator_key, s.indicator_code,
        s.kind
    having count(*) = cardinality(p.parts)
)

select distinct on (level, unit_key, year, period, indicator_key)
    level, unit_key, year, period, measure, indicator_key, value, is_bridged, indicator_code, kind
from whole
where not exists (
    select from filed_figure as f
    where
        (f.level, f.unit_key, f.year, f.period, f.measure, f.indicator_key)
        = (whole.level, whole.unit_key, whole.year, whole.period, whole.measure, whole.indicator_key)
)
order by level, unit_key, year, period, indicator_key, parts
