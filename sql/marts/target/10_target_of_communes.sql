-- makes target_of_communes
-- reads stated_target, target_shape, dw.dim_indicator
-- one row per target of a stale map unit about communes one by one: which figure each is judged by,
--   and what puts a commune on its list
-- why a list is frozen at the start of the target's first year, or tested again by the rate of the
--   figure's own day
create temporary table target_of_communes on commit drop as
select
    t.target_no, t.unit_map, t.year_from, t.year, t.operator, t.target_value, s.gathered,
    s.judged_by,
    substring(t.sub_population from '[0-9]+')::numeric as list_pct,
    t.sub_population ~ '_retested$' as is_retested,
    f.indicator_key as figure_key, p.indicator_key as rate_key
from stated_target as t
inner join target_shape as s using (target_no)
inner join dw.dim_indicator as i using (indicator_key)
inner join dw.dim_indicator as f
    on f.indicator_code
    = case s.judged_by when 'lowest' then i.each_unit_of else i.indicator_code end
inner join dw.dim_indicator as p on p.indicator_code = 'poverty_rate'
where s.judged_by in ('list', 'lowest')
