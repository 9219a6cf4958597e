-- grain: one row a figure that follows from others of its unit by addition (ref.derivation), unless
-- it was filed
insert into filed_figure
with derived as (
    select
        s.level, s.unit_key, s.year, d.period, d.measure, i.indicator_key,
        sum(d.sign * s.value) as value, bool_or(s.is_bridged) as is_bridged, d.indicator_code
    from ref.derivation as d
    inner join dw.dim_indicator as i using (indicator_code)
    inner join filed_figure as s
        on s.indicator_code = d.part_code
        and s.measure = d.part_measure
        and s.period = d.part_period
    group by s.level, s.unit_key, s.year, d.period, d.measure, i.indicator_key, d.indicator_code
    having count(*) = (
        select count(*) from ref.derivation as e
        where (e.indicator_code, e.measure, e.period) = (d.indicator_code, d.measure, d.period)
    )
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
