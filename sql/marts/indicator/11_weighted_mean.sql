-- makes counted_rate
-- reads filed_figure, dw.dim_indicator
-- one row per mean of a touched unit and the count that it is weighted by
-- why income per head goes up the levels as the income of all heads; a mean whose count is not known
--   stands for its unit alone
insert into counted_rate (
    level, unit_key, year, period, measure, indicator_key, numerator, denominator, is_bridged
)
select
    n.level, n.unit_key, n.year, n.period, n.measure, n.indicator_key, n.value * w.value, w.value,
    w.is_bridged
from dw.dim_indicator as i
inner join filed_figure as n on n.indicator_code = i.indicator_code
inner join filed_figure as w
    on w.indicator_code = i.weighted_by
    and w.level = n.level and w.unit_key = n.unit_key and w.year = n.year
    and (w.period, w.measure) = case
        when n.measure in ('assigned', 'registered') then ('OPEN'::text, 'baseline'::text)
        else (n.period, n.measure)
    end
where i.merger = 'weighted_mean'
