-- makes target_of_communes
-- reads stated_target, target_shape, target_scope, dw.dim_indicator, dw.dim_programme
-- one row per target of a stale map unit about communes one by one: which figure each is judged by,
--   and what puts a commune on its list, if not all are
-- why a list is frozen at the start of the target's first year, or tested again by the rate of the
--   figure's own day; which rate is the programme's
create temporary table target_of_communes on commit drop as
select
    t.target_no, t.year_from, t.year, t.operator, t.target_value, s.gathered, s.judged_by,
    substring(t.sub_population from '^communes_([0-9]+)_pct_')::numeric as list_pct,
    t.quantity = 'per_unit_average' as is_mean,
    t.sub_population ~ '_retested$' as is_retested,
    f.indicator_key as figure_key, p.indicator_key as rate_key
from stated_target as t
inner join target_shape as s using (target_no)
inner join target_scope as o using (target_no)
inner join dw.dim_indicator as i using (indicator_key)
inner join dw.dim_indicator as f
    on f.indicator_code = case
        when t.quantity in ('per_unit_minimum', 'per_unit_average') and not o.is_filed_whole
            then coalesce(i.each_unit_of, i.indicator_code)
        else i.indicator_code
    end
left join dw.dim_programme as g on g.programme_code = t.programme_code
left join dw.dim_indicator as p on p.indicator_code = g.listed_by
where s.judged_by in ('list', 'lowest')
