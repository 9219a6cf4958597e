-- makes filed_figure
-- reads filed_figure, ref.derivation, dw.dim_indicator
-- one row per figure that follows from others of its unit by addition, unless it was filed
-- why forms ask for parts or for the whole; ref.derivation says which make which
insert into filed_figure (
    level, unit_key, year, period, measure, indicator_key, value, is_bridged, indicator_code, kind
)
with part as (
    select
        indicator_code, period, measure, part_code, part_period, part_measure, sign,
        count(*) over (partition by indicator_code, measure, period) as parts
    from ref.derivation
),

derived as (
    select
        s.level, s.unit_key, s.year, p.period, p.measure, i.indicator_key,
        sum(p.sign * s.value) as value, bool_or(s.is_bridged) as is_bridged, p.indicator_code
    from part as p
    inner join dw.dim_indicator as i using (indicator_code)
    inner join filed_figure as s
        on s.indicator_code = p.part_code
        and s.measure = p.part_measure
        and s.period = p.part_period
    group by
        s.level, s.unit_key, s.year, p.period, p.measure, i.indicator_key, p.indicator_code,
        p.parts
    having count(*) = p.parts
)

select
    d.level, d.unit_key, d.year, d.period, d.measure, d.indicator_key, d.value, d.is_bridged,
    d.indicator_code, 'count'
from derived as d
where not exists (
    select from filed_figure as s
    where
        s.level = d.level and s.unit_key = d.unit_key and s.year = d.year
        and s.period = d.period and s.measure = d.measure
        and s.indicator_key = d.indicator_key
)
