-- grain: one row per commune of the unit on the map, in the order of the filed assignment, then the
-- unit itself (is_total); communes of one name are told apart by their district
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

figure as (
    select
        a.level, a.unit_key, i.indicator_code || ' ' || a.measure as item, a.is_self_filed,
        round(a.value, i.decimals) as value, a.units_reported || '/' || a.units_expected as cover
    from mart.indicator_on_map as a
    inner join dw.dim_indicator as i using (indicator_key)
    where
        a.unit_map = :unit_map and a.year = :year and (a.measure <> 'baseline' or a.period = 'OPEN')
        and a.measure in ('assigned', 'registered', 'baseline')
),

assigned_row as (
    select unit_code, unit_name, province_name, min(substring(cell from '[0-9]+')::integer) as nth
    from mart.figure_trace
    where fact = 'target' and level = 'commune' and measure = 'assigned' and year = :year
        and code = 'poor_households_reduction' and is_current
    group by unit_code, unit_name, province_name
)

select
    is_total, level, unit_key,
    unit_name || case when is_total or count(*) over (partition by is_total, unit_name) = 1 then ''
        else coalesce(' (' || district_name || ')', '')
    end as unit_name,
    max(value) filter (where item = 'households baseline') as households,
    max(value) filter (where item = 'poor_households baseline') as poor_households,
    max(value) filter (where item = 'poverty_rate baseline') as poverty_rate_pct,
    max(value) filter (where item = 'poor_households_reduction assigned') as cut_households,
    max(value) filter (where item = 'poverty_rate_reduction assigned') as cut_pp,
    max(value) filter (where item = 'poverty_rate assigned') as rate_end_pct,
    max(cover) filter (where item = 'poor_households_reduction assigned') as coverage,
    max(value) filter (where item = 'poor_households_reduction registered')
        as registered_households,
    max(value) filter (where item = 'poverty_rate_reduction registered') as registered_pp,
    max(value) filter (where item = 'poverty_rate registered') as registered_end_pct,
    max(cover) filter (where item = 'poor_households_reduction registered') as registered_coverage,
    max(cover) filter (where item = 'poor_households baseline' and not is_self_filed)
        as start_coverage
from members
left join figure using (level, unit_key)
left join assigned_row using (unit_code, unit_name, province_name)
group by is_total, level, unit_key, unit_code, unit_name, district_code, district_name, sort_key, nth
order by is_total, district_code, nth nulls last, sort_key, unit_code
