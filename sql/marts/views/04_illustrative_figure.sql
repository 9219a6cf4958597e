-- makes mart.illustrative_figure
-- reads stg.noted_fact, ref.map_unit, ref.map_share
-- one row per map, unit, year, period, measure and code (an indicator or a project line) that it or
--   its communes filed, or were assigned
-- why what rests on figures that their own filing calls invented ("số liệu minh hoạ") says so: that
--   of one commune is enough. A figure that a filing without these words gives as well is none
create view mart.illustrative_figure as
select
    f.unit_map, f.level, f.unit_key, f.year, f.period, f.measure, f.code,
    bool_or(f.is_invented) as is_illustrative
from (
    select
        m.unit_map, m.level, m.unit_key, n.year, n.period, n.measure, n.code,
        bool_and(n.is_invented) as is_invented
    from ref.map_unit as m
    inner join stg.noted_fact as n on n.level = m.level and n.unit_key = m.unit_key
    where m.level <> 'commune' and n.commune_key is null
    group by m.unit_map, m.level, m.unit_key, n.year, n.period, n.measure, n.code
    union all
    select
        m.unit_map, m.level, m.unit_key, n.year, n.period,
        case
            when m.level = 'commune' then n.measure
            when n.measure in ('province', 'district') then 'assigned_sum'
            when n.measure = 'registered' then 'registered_sum'
            else n.measure
        end,
        n.code, bool_and(n.is_invented)
    from ref.map_unit as m
    inner join ref.map_share as w using (map_unit_no)
    inner join stg.noted_fact as n using (commune_key)
    where m.level = 'commune' or n.measure <> 'own_plan'
    group by
        m.unit_map, m.level, m.unit_key, commune_key, n.year, n.period, n.measure, n.code
    union all
    select
        m.unit_map, m.level, m.unit_key, n.year, n.period, n.measure, n.code,
        bool_and(n.is_invented)
    from ref.map_unit as m
    inner join stg.noted_fact as n on n.province_key = m.unit_key
    where
        m.level = 'province' and n.commune_key is null and n.level = 'district'
        and n.measure not in ('province', 'own_plan', 'registered')
    group by m.unit_map, m.level, m.unit_key, n.unit_key, n.year, n.period, n.measure, n.code
) as f
group by f.unit_map, f.level, f.unit_key, f.year, f.period, f.measure, f.code
union all
select
    'as_filed', 'commune', n.commune_key, n.year, n.period, n.measure, n.code,
    bool_and(n.is_invented)
from stg.noted_fact as n
where n.commune_key is not null
group by n.commune_key, n.year, n.period, n.measure, n.code;
