-- makes filed_figure
-- reads filed_figure, ref.derivation, dw.dim_indicator
-- one row per figure that follows from others of its unit by addition, unless it was filed
-- why forms ask for parts or for the whole; ref.derivation says which make which
insert into filed_figure (
    level, unit_key, year, period, measure, indicator_key, value, is_bridged, indicator_code, kind
)
with whole as (
    select
        d.indicator_code, d.period, d.measure, i.indicator_key,
        count(*) as parts, row_number() over () as whole_no
    from ref.derivation as d
    inner join dw.dim_indicator as i using (indicator_code)
    group by d.indicator_code, d.period, d.measure, i.indicator_key
),

derived as (
    select
        s.level, s.unit_key, s.year, w.whole_no, sum(d.sign * s.value) as value,
        bool_or(s.is_bridged) as is_bridged
    from whole as w
    inner join ref.derivation as d using (indicator_code, measure, period)
    inner join filed_figure as s
        on s.indicator_code = d.part_code
        and s.measure = d.part_measure
        and s.period = d.part_period
    group by w.whole_no, s.level, s.unit_key, s.year, w.parts
    having count(*) = w.parts
)

select
    d.level, d.unit_key, d.year, w.period, w.measure, w.indicator_key, d.value, d.is_bridged,
    w.indicator_code, 'count'
from derived as d
inner join whole as w using (whole_no)
where not exists (
    select from filed_figure as s
    where
        s.level = d.level and s.unit_key = d.unit_key and s.year = d.year
        and s.period = w.period and s.measure = w.measure
        and s.indicator_key = w.indicator_key
)
