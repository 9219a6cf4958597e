-- makes filed_figure
-- reads filed_figure, dw.dim_period, dw.dim_indicator
-- one row per level or rate of a period that a shorter one ended with, unless it was filed
-- why what there is at the end of March is so at the end of the first quarter
insert into filed_figure (
    level, unit_key, year, period, measure, indicator_key, value, is_bridged, indicator_code, kind
)
select distinct on (s.level, s.unit_key, s.year, w.period, s.indicator_key)
    s.level, s.unit_key, s.year, w.period, s.measure, s.indicator_key, s.value, s.is_bridged,
    s.indicator_code, s.kind
from filed_figure as s
inner join dw.dim_indicator as i using (indicator_key)
inner join dw.dim_period as p on p.period = s.period
inner join dw.dim_period as w on w.last_month = p.last_month and w.first_month < p.first_month
where
    s.measure = 'actual' and i.timing = 'stock'
    and not exists (
        select from filed_figure as f
        where
            (f.level, f.unit_key, f.year, f.period, f.measure, f.indicator_key)
            = (s.level, s.unit_key, s.year, w.period, s.measure, s.indicator_key)
    )
order by s.level, s.unit_key, s.year, w.period, s.indicator_key, p.first_month desc
