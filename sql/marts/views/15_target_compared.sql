-- makes stg.target_compared
-- reads dw.dim_indicator, mart.target_asked, mart.target_shortfall, stg.target_beside,
--   dw.dim_commune, dw.dim_district
-- one row per row of stg.target_beside, with what is asked first and what the unit's parent is
--   asked
-- why each figure is compared with the nearest superior's word
create view stg.target_compared as
with asked as materialized (
    select
        unit_map, level, unit_key, year, indicator_key, asked_by, asked_by_key, operator,
        target_value, unit, text_as_printed, is_comparable, is_cap, bound, is_strict
    from mart.target_asked
    where is_first
),

shortfall as materialized (
    select level, unit_key, year, indicator_key, asked_by, asked_by_key, gap_share_pct
    from mart.target_shortfall
),

placed as (
    select
        b.unit_map, b.level, b.unit_key, b.year, b.indicator_key, b.assigned_by_province,
        b.assigned_by_district, b.own_plan_value, b.is_own_comparable, b.registered_value,
        b.units_expected, b.units_registered, b.shares_unknown, b.assigned_below,
        b.units_assigned, b.units_short, b.shortfall,
        case when c.district_key is null then 'province' else 'district' end as parent_level,
        coalesce(c.district_key, c.province_key, d.province_key) as parent_key
    from stg.target_beside as b
    left join dw.dim_commune as c on b.level = 'commune' and c.commune_key = b.unit_key
    left join dw.dim_district as d on b.level = 'district' and d.district_key = b.unit_key
)

select
    b.unit_map, b.level, b.unit_key, b.year, i.indicator_code, i.unit, b.assigned_by_province,
    b.assigned_by_district, b.own_plan_value, b.is_own_comparable, b.registered_value,
    b.units_expected, b.units_registered, b.shares_unknown, b.assigned_below, b.units_assigned,
    b.units_short, b.shortfall, q.asked_by, q.operator, q.target_value, q.unit as asked_unit,
    q.text_as_printed, q.is_comparable, q.is_cap, q.bound, q.is_strict, s.gap_share_pct,
    case
        when i.kind = 'rate' and i.direction = 'up' and a.is_comparable
            then b.registered_value < a.target_value
    end as is_below_parent
from placed as b
inner join dw.dim_indicator as i using (indicator_key)
left join asked as q using (unit_map, level, unit_key, year, indicator_key)
left join shortfall as s using (level, unit_key, year, indicator_key, asked_by, asked_by_key)
left join asked as a
    on a.unit_map = b.unit_map and a.level = b.parent_level and a.unit_key = b.parent_key
    and a.year = b.year and a.indicator_key = b.indicator_key;
