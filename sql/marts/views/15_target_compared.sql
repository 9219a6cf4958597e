-- makes stg.target_compared
-- reads dw.dim_indicator, mart.target_asked, mart.target_shortfall, stg.target_beside,
--   stg.target_outcome
-- one row per row of stg.target_beside, with what is asked first and what the unit's parent is
--   asked
-- why each figure is compared with the nearest superior's word
create view stg.target_compared as
with asked as materialized (
    select
        unit_map, level, unit_key, year, indicator_key, asked_by, asked_by_key, operator,
        target_value, unit_of_measure, text_as_printed, is_comparable, is_cap, bound, is_strict
    from mart.target_asked
    where is_first
),

shortfall as materialized (
    select level, unit_key, year, indicator_key, asked_by, asked_by_key, gap_share_pct
    from mart.target_shortfall
)

select
    b.unit_map, b.level, b.unit_key, b.year, i.indicator_code, i.unit_of_measure, i.direction,
    b.assigned_by_province, b.assigned_by_province_high, b.assigned_by_district,
    b.assigned_by_district_high, b.own_plan_value, b.own_plan_value_high, b.is_own_comparable,
    b.assigned_sum, b.registered_value, b.units_expected, b.units_registered,
    b.shares_unknown, b.assigned_below, b.units_assigned, b.units_short, b.shortfall,
    o.reached_value, o.reached_period,
    o.is_whole and b.units_registered = b.units_expected as is_all_known,
    coalesce(q.asked_by, case
        when b.sum_asked is null then null when b.level = 'commune' then 'assigned_sum'
        else 'assigned_total'
    end) as asked_by,
    coalesce(q.operator, case when b.sum_asked is not null then '=' end) as operator,
    case when q.asked_by is null then b.sum_asked else q.target_value end as target_value,
    q.text_as_printed, coalesce(q.unit_of_measure, i.unit_of_measure) as asked_unit_of_measure,
    coalesce(q.is_comparable, b.sum_asked is not null) as is_comparable,
    coalesce(q.is_cap, ref.is_cap('=', i.direction)) as is_cap,
    case when q.asked_by is null then b.sum_asked else q.bound end as bound,
    coalesce(q.is_strict, false) as is_strict, s.gap_share_pct,
    case
        when q.asked_by is null and b.sum_asked is null then 'not_assigned'
        when q.unit_of_measure <> i.unit_of_measure then 'unit_differs'
        when not q.is_comparable then 'shape_differs'
    end as why_not,
    case
        when i.kind = 'rate' and i.direction = 'up' and a.is_comparable
            then b.registered_value < a.target_value
    end as is_below_parent
from stg.target_beside as b
inner join dw.dim_indicator as i using (indicator_key)
left join asked as q using (unit_map, level, unit_key, year, indicator_key)
left join shortfall as s using (level, unit_key, year, indicator_key, asked_by, asked_by_key)
left join stg.target_outcome as o using (unit_map, level, unit_key, year, indicator_key)
left join asked as a
    on a.unit_map = b.unit_map and a.level = b.parent_level and a.unit_key = b.parent_key
    and a.year = b.year and a.indicator_key = b.indicator_key;
