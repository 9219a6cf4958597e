-- grain: one row a stale place, year, period, measure and indicator that a target is judged by
create temporary table place_figure (
    like mart.indicator_on_map,
    primary key (unit_map, level, unit_key, indicator_key, measure, year, period)
) on commit drop;

insert into place_figure
with stated as (
    select i.indicator_code, i.fall_of, i.each_unit_of
    from dw.dim_indicator as i
    where exists (select from dw.fact_target as f where f.indicator_key = i.indicator_key)
),

wanted as (
    select array_agg(indicator_key) as keys
    from dw.dim_indicator
    where indicator_code in (
        select indicator_code from stated
        union
        select fall_of from stated
        union
        select each_unit_of from stated
        union
        select 'poverty_rate'  -- decides lists of poor communes
    )
)

select f.*
from stale_place as s
cross join wanted as w
cross join lateral (
    select m.*
    from mart.indicator_on_map as m
    where
        m.unit_map = s.unit_map and m.level = s.level and m.unit_key = s.unit_key
        and m.indicator_key = any(w.keys)
    offset 0  -- place by place, so that one filing reads the figures of its own places only
) as f
