-- makes target_unopened
-- reads judged_target, map_figure, ref.derivation, dw.dim_indicator
-- one row per target of a stale map unit about how far a count has come down since its opening, where
--   the count was reported and its opening was not
-- why such a unit has reported: what is missing is another filing
create temporary table target_unopened on commit drop as
select distinct t.target_no
from judged_target as t
inner join dw.dim_indicator as i on i.indicator_key = t.figure_key
inner join ref.derivation as d
    on d.indicator_code = i.indicator_code and d.measure = 'actual' and d.part_measure = 'baseline'
inner join dw.dim_indicator as c on c.indicator_code = d.part_code
inner join map_figure as r
    on r.place_no = t.figures_of and r.indicator_key = c.indicator_key and r.measure = 'actual'
    and r.year between t.year_from and t.year and r.value is not null and not t.is_of_others
left join map_figure as o
    on o.place_no = r.place_no and o.indicator_key = r.indicator_key and o.measure = 'baseline'
    and o.period = d.part_period and o.year = r.year and o.value is not null
where o.place_no is null
