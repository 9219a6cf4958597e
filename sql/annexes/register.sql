-- grain: one row per commune of the unit on the map, in the order of the filed register, then the
-- unit itself (is_total)
with members as (
    select u.*, false as is_total
    from mart.unit as u
    where
        u.level = 'commune' and u.valid_from <= :map_on and u.valid_to > :map_on
        and case :level
            when 'province' then u.province_code = :unit
            when 'commune' then u.unit_key = :unit_key
            else u.district_code = :unit or exists (
                select from mart.district_group as g
                where g.commune_key = u.unit_key and g.district_key = :unit_key and g.is_whole
            )
        end
    union all
    select u.*, true
    from mart.unit as u
    where u.level = :level and u.unit_key = :unit_key
),

figure as (
    select
        a.level, a.unit_key, i.indicator_code, a.measure, round(a.value, i.decimals) as value,
        a.units_reported, a.units_expected, a.is_self_filed
    from mart.indicator_on_map as a
    inner join dw.dim_indicator as i using (indicator_key)
    where
        a.unit_map = :unit_map and a.year = :year
        and (a.measure = 'baseline' and a.period = 'OPEN' or a.measure in ('assigned', 'registered'))
),

assigned_row as (
    select
        t.unit_code, t.unit_name, t.province_name,
        min(substring(t.cell from '[0-9]+')::integer) as sheet_row
    from mart.figure_trace as t
    where
        t.fact = 'target' and t.level = 'commune' and t.measure = 'assigned'
        and t.code = 'poor_households_reduction' and t.year = :year and t.is_current
    group by t.unit_code, t.unit_name, t.province_name
)

select
    m.is_total, m.unit_key,
    -- communes of one name are told apart by their district
    m.unit_name || case
        when not m.is_total and count(*) over (partition by m.is_total, m.unit_name) > 1
            then coalesce(' (' || m.district_name || ')', '')
        else ''
    end as unit_name,
    max(f.value) filter (where indicator_code = 'households' and measure = 'baseline')
        as households,
    max(f.value) filter (where indicator_code = 'poor_households' and measure = 'baseline')
        as poor_households,
    max(f.value) filter (where indicator_code = 'poverty_rate' and measure = 'baseline')
        as poverty_rate_pct,
    max(f.value) filter (where indicator_code = 'poor_households_reduction' and measure = 'assigned')
        as cut_households,
    max(f.value) filter (where indicator_code = 'poverty_rate_reduction' and measure = 'assigned')
        as cut_pp,
    max(f.value) filter (where indicator_code = 'poverty_rate' and measure = 'assigned')
        as rate_end_pct,
    max(f.value) filter (
        where indicator_code = 'poor_households_reduction' and measure = 'registered'
    ) as registered_households,
    max(f.value) filter (where indicator_code = 'poverty_rate_reduction' and measure = 'registered')
        as registered_pp,
    max(f.value) filter (where indicator_code = 'poverty_rate' and measure = 'registered')
        as registered_end_pct,
    max(f.units_reported || '/' || f.units_expected) filter (
        where indicator_code = 'poor_households_reduction' and measure = 'registered'
    ) as registered_coverage,
    max(f.units_reported || '/' || f.units_expected) filter (
        where indicator_code = 'poor_households_reduction' and measure = 'assigned'
    ) as coverage,
    max(f.units_reported || '/' || f.units_expected) filter (
        where indicator_code = 'poor_households' and measure = 'baseline' and not is_self_filed
    ) as start_coverage
from members as m
left join figure as f on f.level = m.level and f.unit_key = m.unit_key
left join assigned_row as r
    on not m.is_total and r.unit_code = m.unit_code and r.unit_name = m.unit_name
    and r.province_name = m.province_name
group by
    m.is_total, m.unit_key, m.unit_code, m.unit_name, m.district_code, m.district_name, m.sort_key,
    r.sheet_row
order by m.is_total, m.district_code, r.sheet_row nulls last, m.sort_key, m.unit_code
