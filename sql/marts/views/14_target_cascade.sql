-- grain: one row a map, unit, year and indicator that was asked of the unit, that it registered, or
-- that it assigned to the units below
create view mart.target_cascade as
with registered as materialized (
    select
        a.unit_map, a.level, a.unit_key, a.year, a.indicator_key,
        round(a.value, i.decimals) as registered_value,
        a.units_expected, a.units_reported as units_registered, a.shares_unknown
    from mart.indicator_on_map as a
    inner join dw.dim_indicator as i using (indicator_key)
    where
        a.measure = 'target' and a.period = 'Y'
        and exists (
            select from dw.fact_target as f
            where f.indicator_key = a.indicator_key and f.basis = 'registered'
        )
),

statements as materialized (
    select
        unit_map, level, unit_key, year, indicator_key,
        max(target_value) filter (where asked_by = 'province') as assigned_by_province,
        max(target_value) filter (where asked_by = 'district') as assigned_by_district,
        max(target_value) filter (where asked_by = 'own_plan') as own_plan_value,
        bool_and(is_comparable) filter (where asked_by = 'own_plan') as is_own_comparable
    from mart.target_asked
    group by unit_map, level, unit_key, year, indicator_key
),

asked as materialized (select * from mart.target_asked where is_first),

passed as materialized (select * from mart.target_passed_on),
lacking as materialized (select * from mart.target_shortfall),

beside as (
    select
        unit_map, level, unit_key, year, indicator_key,
        t.assigned_by_province, t.assigned_by_district, t.own_plan_value, t.is_own_comparable,
        r.registered_value, r.units_expected, r.units_registered, r.shares_unknown,
        p.assigned_below, p.units_assigned, p.units_short, p.shortfall,
        q.asked_by, q.asked_by_key, q.operator, q.target_value, q.unit as asked_unit,
        q.text_as_printed, q.is_comparable, q.is_cap, q.bound, q.is_strict,
        i.indicator_code, i.unit, i.kind, i.direction,
        u.unit_code, u.unit_name, u.province_name, u.district_name, u.sort_key,
        case when c.district_key is null then 'province' else 'district' end as parent_level,
        coalesce(c.district_key, c.province_key, d.province_key) as parent_key
    from statements as t
    full join registered as r using (unit_map, level, unit_key, year, indicator_key)
    full join passed as p using (unit_map, level, unit_key, year, indicator_key)
    left join asked as q using (unit_map, level, unit_key, year, indicator_key)
    inner join dw.dim_indicator as i using (indicator_key)
    inner join mart.unit as u using (level, unit_key)
    left join dw.dim_commune as c on level = 'commune' and c.commune_key = unit_key
    left join dw.dim_district as d on level = 'district' and d.district_key = unit_key
),

-- whole, before anybody's filter: a planner that guesses few rows would join them one by one
compared as materialized (
    select
        b.*, s.gap_share_pct,
        case
            when b.kind = 'rate' and b.direction = 'up' and a.is_comparable
                then b.registered_value < a.target_value
        end as is_below_parent
    from beside as b
    left join lacking as s using (level, unit_key, year, indicator_key, asked_by, asked_by_key)
    left join asked as a
        on a.unit_map = b.unit_map and a.level = b.parent_level and a.unit_key = b.parent_key
        and a.year = b.year and a.indicator_key = b.indicator_key
)

select
    b.unit_map, b.level, b.unit_key, b.unit_code, b.unit_name, b.province_name, b.district_name,
    b.year, b.indicator_code, b.unit, b.assigned_by_province, b.assigned_by_district,
    b.own_plan_value, b.registered_value, b.assigned_below,
    b.asked_by, b.operator as asked_operator, b.target_value as asked_value,
    b.text_as_printed as asked_text,
    case when b.is_comparable then b.registered_value - b.target_value end as registered_gap,
    case
        when b.registered_value is null and b.shares_unknown > 0 then 'split_without_weights'
        when b.registered_value is null and b.asked_by is not null then 'not_registered'
        when b.registered_value is null then null
        when b.asked_by is null then 'not_assigned'
        when b.asked_unit <> b.unit then 'unit_differs'
        when not b.is_comparable then 'shape_differs'
        when b.is_cap and b.registered_value > b.bound then 'short'
        when not b.is_cap and b.registered_value < b.bound then 'short'
        when b.is_strict and b.registered_value = b.bound then 'short'
        else 'covered'
    end as registered_verdict,
    case when b.is_comparable then b.assigned_below - b.target_value end as below_gap,
    case
        when b.level = 'commune' then null
        when b.units_assigned is null and b.asked_by is not null then 'not_passed_on'
        when b.units_assigned is null then null
        when b.asked_by is null then 'not_assigned'
        when b.asked_unit <> b.unit then 'unit_differs'
        when not b.is_comparable then 'shape_differs'
        when b.assigned_below is null then null
        when b.is_cap and b.assigned_below > b.bound then 'short'
        when not b.is_cap and b.assigned_below < b.bound then 'short'
        when b.is_strict and b.assigned_below = b.bound then 'short'
        else 'covered'
    end as below_verdict,
    case
        when b.is_comparable and b.is_own_comparable and b.asked_by <> 'own_plan'
            then b.own_plan_value - b.target_value
    end as plan_gap,
    case
        when b.is_own_comparable is null then null
        when b.asked_by = 'own_plan' then 'not_assigned'
        when not (b.is_comparable and b.is_own_comparable) then 'shape_differs'
        when b.is_cap and b.own_plan_value > b.bound then 'short'
        when not b.is_cap and b.own_plan_value < b.bound then 'short'
        when b.is_strict and b.own_plan_value = b.bound then 'short'
        else 'covered'
    end as plan_verdict,
    b.units_expected, b.units_registered, b.units_assigned, b.units_short,
    b.shortfall as shortfall_below, b.gap_share_pct, b.is_below_parent, b.sort_key
from compared as b;
