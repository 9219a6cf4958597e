-- makes target_twin
-- reads stated_target, target_shape
-- one row per target of a stale map unit that has the unit's own figures as filed, and the target
--   that says the same of it as filed (judged_no): it is judged by that one's verdict
-- why a map mostly leaves a unit as it was. All targets of a unit are judged on one map, so that pairs
--   stay together; none where one is about the communes in it, who may be others on the map
create temporary table target_twin on commit drop as
with twin as (
    select
        t.place_no, t.target_no, f.target_no as judged_no,
        coalesce(
            (s.judged_by, s.gathered, s.is_yearly, s.is_of_others, s.obstacle)
            is not distinct from (r.judged_by, r.gathered, r.is_yearly, r.is_of_others, r.obstacle)
            and s.judged_by not in ('list', 'lowest')
            and t.quantity not in ('n_of_m', 'share_of_units', 'per_unit_average'), false
        ) as is_alike
    from stated_target as t
    inner join target_shape as s using (target_no)
    left join stated_target as f on f.place_no = t.figures_of and f.target_id = t.target_id
    left join target_shape as r on r.target_no = f.target_no
    where t.figures_of <> t.place_no
)

select target_no, judged_no
from twin
where place_no in (select place_no from twin group by place_no having bool_and(is_alike))
