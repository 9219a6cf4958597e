-- makes target_variant
-- reads target_reported, judged_target, map_figure
-- one row per target about the fall of a rate within a year, and reported period: the rate at the
--   start less the rate now
-- why a cut has two definitions; where they disagree the verdict says so
create temporary table target_variant on commit drop as
select r.report_no, round(o.value - n.value, t.decimals) as variant_value
from target_reported as r
inner join judged_target as t using (target_no)
inner join map_figure as o
    on o.place_no = t.figures_of and o.indicator_key = t.fall_key
    and o.year = r.actual_year and o.period = 'OPEN' and o.measure = 'baseline'
inner join map_figure as n
    on n.place_no = t.figures_of and n.indicator_key = t.fall_key
    and n.year = r.actual_year and n.period = r.actual_period and n.measure = 'actual'
