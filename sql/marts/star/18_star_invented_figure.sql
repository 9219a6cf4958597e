-- makes star_invented_figure
-- reads star_figure, ref.figure_part, star_invented
-- one row per figure of star_figure that was filed, or is reckoned, from a figure that its filing calls
--   invented
-- why a rate is as invented as either side of it
create temporary table star_invented_figure on commit drop as
select distinct f.figure_no
from star_figure as f
inner join ref.figure_part as p using (indicator_key, measure, period)
inner join star_invented as v
    on (v.unit_id, v.year, v.period, v.measure, v.code)
    = (f.unit_id, f.year, p.part_period, p.part_measure, p.part_code)
