-- makes counted_rate
-- reads filed_figure, dw.dim_indicator, dw.dim_commune, stale_unit, ref.map_share
-- one row per rate of a touched unit both counts of which are known
-- why a rate is never taken from paper where its counts are there. An end-of-year rate that was
--   assigned or registered divides by start-of-year counts, as in Na Rì's annex; a share of units by
--   those that the register has on the figure's day
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
where i.kind = 'rate' and i.denominator_measure <> 'register'
union all
select
    n.level, n.unit_key, n.year, n.period, n.measure, i.indicator_key, n.value, 1, n.is_bridged
from dw.dim_indicator as i
inner join filed_figure as n on n.indicator_code = i.numerator_code
inner join dw.dim_commune as c on n.level = 'commune' and c.commune_key = n.unit_key
where i.denominator_measure = 'register' and ref.in_scope(i.unit_scope, c.unit_type)
union all
select
    n.level, n.unit_key, n.year, n.period, n.measure, i.indicator_key, n.value, count(*),
    n.is_bridged
from dw.dim_indicator as i
inner join filed_figure as n on n.indicator_code = i.numerator_code
inner join stale_unit as u
    on u.unit_map = 'as_filed' and u.level = n.level and u.unit_key = n.unit_key
    and u.year = n.year
inner join ref.map_share as w using (map_unit_no)
inner join dw.dim_commune as c using (commune_key)
where
    i.denominator_measure = 'register' and ref.in_scope(i.unit_scope, c.unit_type)
    and ref.nearest_day(
        ref.figure_day(n.measure, n.period, n.year), u.valid_from, u.valid_to
    ) between c.valid_from and c.valid_to - 1
group by n.level, n.unit_key, n.year, n.period, n.measure, i.indicator_key, n.value, n.is_bridged
