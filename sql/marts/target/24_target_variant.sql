-- makes target_variant
-- reads target_reported, target_figure, stated_target, target_shape, dw.dim_indicator, map_figure
-- one row per target about the fall of a rate within a year, and reported period: the rate at the
--   start less the rate now
-- why a cut has two definitions; where they disagree the verdict says so
create temporary table target_variant on commit drop as
select r.report_no, round(o.value - n.value, f.decimals) as variant_value
from target_reported as r
inner join target_figure as f using (report_no)
inner join stated_target as t using (target_no)
inner join target_shape as s using (target_no)
inner join dw.dim_indicator as i using (indicator_key)
inner join dw.dim_indicator as d on d.indicator_code = i.fall_of
inner join map_figure as o
    on o.unit_map = t.unit_map and o.level = t.level and o.unit_key = t.unit_key
    and o.year = r.actual_year and o.period = 'OPEN' and o.measure = 'baseline'
    and o.indicator_key = d.indicator_key
inner join map_figure as n
    on n.unit_map = t.unit_map and n.level = t.level and n.unit_key = t.unit_key
    and n.year = r.actual_year and n.period = r.actual_period and n.measure = 'actual'
    and n.indicator_key = d.indicator_key
where i.kind = 'rate' and s.gathered = 'year' and s.judged_by = 'unit'
