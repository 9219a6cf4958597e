-- makes counted_rate
-- reads filed_figure, dw.dim_indicator
-- one row per rate of a touched unit both counts of which are known
-- why a rate is never taken from paper where its counts are there. An end-of-year rate that was
--   assigned or registered divides by start-of-year counts, as in Na Rì's annex
create temporary table counted_rate on commit drop as
select
    n.level, n.unit_key, n.year, n.period, n.measure, i.indicator_key,
    n.value as numerator, d.value as denominator, n.is_bridged or d.is_bridged as is_bridged
from dw.dim_indicator as i
inner join filed_figure as n on n.indicator_code = i.numerator_code
inner join filed_figure as d
    on d.indicator_code = i.denominator_code
    and d.level = n.level and d.unit_key = n.unit_key
    and d.year = n.year
    and d.period = case
        when i.denominator_measure = 'opening' or n.measure in ('assigned', 'registered')
            then 'OPEN'
        else n.period
    end
    and d.measure = case
        when i.denominator_measure = 'opening' or n.measure in ('assigned', 'registered')
            then 'baseline'
        else n.measure
    end
where i.kind = 'rate'
