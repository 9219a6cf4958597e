-- makes star_invented_figure
-- reads star_invented, dw.dim_indicator, ref.figure_part
-- one row per unit, year, period, measure and indicator that was filed, or is reckoned, from a figure
--   that its filing calls invented
-- why a rate is as invented as either side of it
create temporary table star_invented_figure on commit drop as
select distinct f.year, f.unit_id, p.period, p.measure, p.indicator_key
from star_invented as f
inner join dw.dim_indicator as i on i.indicator_code = f.code
inner join ref.figure_part as p
    on p.part_key = i.indicator_key and p.part_measure = f.measure and p.part_period = f.period
