-- makes mart.illustrative_figure
-- reads stg.noted_fact, ref.map_unit, ref.map_share
-- one row per map, unit, year, period, measure and code (an indicator or a project line) that it or
--   its communes filed, or were assigned
-- why what rests on figures that their own filing calls invented ("số liệu minh hoạ") says so: that
--   of one commune is enough. A figure that a filing without these words gives as well is none
create view mart.illustrative_figure as
select m.unit_map, m.level, m.unit_key, f.year, f.period, f.measure, f.code, f.is_illustrative
from ref.map_unit as m
cross join lateral (
    with member as (
        select n.year, n.period, n.measure, n.code, bool_and(n.is_invented) as is_invented
        from stg.noted_fact as n
        where
            m.level <> 'commune' and n.commune_key is null and n.level = m.level
            and n.unit_key = m.unit_key
        group by n.year, n.period, n.measure, n.code
        union all
        select
            n.year, n.period,
            case
                when m.level = 'commune' then n.measure
                when n.measure in ('province', 'district') then 'assigned_sum'
                when n.measure = 'registered' then 'registered_sum'
                else n.measure
            end,
            n.code, bool_and(n.is_invented)
        from ref.map_share as w
        inner join stg.noted_fact as n using (commune_key)
        where w.map_unit_no = m.map_unit_no and (m.level = 'commune' or n.measure <> 'own_plan')
        group by w.commune_key, n.year, n.period, n.measure, n.code
        union all
        select n.year, n.period, n.measure, n.code, bool_and(n.is_invented)
        from stg.noted_fact as n
        where
            m.level = 'province' and n.commune_key is null and n.level = 'district'
            and n.province_key = m.unit_key and n.measure not in ('province', 'own_plan', 'registered')
        group by n.unit_key, n.year, n.period, n.measure, n.code
    )

    select year, period, measure, code, bool_or(is_invented) as is_illustrative
    from member
    group by year, period, measure, code
) as f
union all
select
    'as_filed', 'commune', n.commune_key, n.year, n.period, n.measure, n.code,
    bool_and(n.is_invented)
from stg.noted_fact as n
where n.commune_key is not null
group by n.commune_key, n.year, n.period, n.measure, n.code;
