-- makes stg.summed_figure
-- reads dw.agg_target
-- one row per map, unit, year, indicator and measure (assigned, registered) of which its communes, or
--   itself as a commune, stated something
-- why what stands beside each other is what is judged as a target or a sum, not what follows from it
create view stg.summed_figure as
select distinct
    unit_map, level, unit_key, year, indicator_key,
    case when basis like 'registered%' then 'registered' else 'assigned' end as measure
from dw.agg_target
where
    is_current and (
        basis in ('assigned_sum', 'assigned_total', 'registered_sum')
        or level = 'commune' and asked_by is distinct from 'own_plan'
    );
