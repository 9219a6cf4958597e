-- grain: one row per commune of the unit on the map, in the order of the filed assignment, then the
-- unit itself (is_total), and figure that the programme's tables list, but for what was reached;
-- communes of one name are told apart by their district
with members as (
    select u.*, false as is_total from mart.unit as u
    where u.level = 'commune' and u.valid_from <= :map_on and u.valid_to > :map_on
        and case :level
            when 'province' then u.province_code = :unit
            when 'commune' then u.unit_key = :unit_key
            else u.district_code = :unit or u.unit_key in (
                select commune_key from mart.district_group
                where district_key = :unit_key and is_whole
            )
        end
    union all
    select u.*, true from mart.unit as u where u.level = :level and u.unit_key = :unit_key
),

named as (
    select
        *,
        unit_name || case
            when is_total or count(*) over (partition by is_total, unit_name) = 1 then ''
            else coalesce(' (' || district_name || ')', '')
        end as told_apart
    from members
),

listed as (
    select distinct indicator_code, measure from dw.shown_indicator
    where programme_code = :programme and measure in ('assigned', 'registered', 'baseline')
),

figure as (
    select
        a.level, a.unit_key, i.indicator_code || ' ' || a.measure as item,
        round(a.value, i.decimals) as value,
        case when a.measure <> 'baseline' or not a.is_self_filed then ref.rests_on(a.units_reported,
            a.units_expected, a.districts_reported, a.districts_expected, a.districts_self_filed) end as coverage
    from mart.indicator_on_map as a
    inner join dw.dim_indicator as i using (indicator_key)
    inner join listed as l using (indicator_code, measure)
    where a.unit_map = :unit_map and a.year = :year and (a.measure <> 'baseline' or a.period = 'OPEN')
        and a.unit_key = any(array(select m.unit_key from members as m))
),

assigned_row as (
    select unit_code, unit_name, province_name, min(substring(cell from '[0-9]+')::integer) as nth
    from mart.figure_trace
    where fact = 'target' and level = 'commune' and measure = 'assigned' and year = :year
        and (code, measure) in (select indicator_code, measure from listed) and is_current
    group by unit_code, unit_name, province_name
)

select
    m.is_total, m.level, m.unit_key, m.told_apart as unit_name, f.item, f.value, f.coverage
from named as m
left join figure as f using (level, unit_key)
left join assigned_row as r using (unit_code, unit_name, province_name)
order by m.is_total, m.district_code, r.nth nulls last, m.sort_key, m.unit_code, m.unit_key, f.item
