-- makes mart.target_shortfall
-- reads mart.unit, mart.target_asked, dw.dim_indicator, dw.agg_indicator
-- one row per unit, year, indicator and superior that assigned it, on the units as filed
-- why what the unit registered of it, what it lacks, and its share in what all units lack that
--   the superior assigned to
create view mart.target_shortfall as
with registered as (
    select
        t.level, t.unit_key, t.year, t.indicator_key, t.indicator_code, t.asked_by,
        t.asked_by_key, t.target_value as assigned_value, t.is_comparable, t.is_cap, t.operator,
        i.kind, round(a.value, i.decimals) as registered_value,
        t.is_comparable and case
            when t.is_cap then round(a.value, i.decimals) > t.bound
            else round(a.value, i.decimals) < t.bound
        end or t.is_strict and round(a.value, i.decimals) = t.bound as is_short
    from mart.target_asked as t
    inner join dw.dim_indicator as i using (indicator_key)
    left join dw.agg_indicator as a
        on a.unit_map = 'as_filed' and a.level = t.level and a.unit_key = t.unit_key
        and a.year = t.year and a.period = 'Y' and a.measure = 'registered'
        and a.indicator_key = t.indicator_key
    where t.unit_map = 'as_filed' and t.asked_by in ('district', 'province')
),

lacking as (
    select
        level, unit_key, year, indicator_key, indicator_code, asked_by, asked_by_key,
        assigned_value, registered_value, is_comparable, is_short, operator,
        case
            when not is_comparable or kind <> 'count' then null
            when is_short then abs(registered_value - assigned_value)
            when registered_value is not null then 0
            -- of what a sum lacks, a unit that registered nothing accounts for all it was assigned
            when not is_cap then assigned_value
        end as shortfall,
        count(registered_value) over giver > 0 as is_registered_anywhere
    from registered
    window giver as (partition by asked_by, asked_by_key, year, indicator_key)
)

select
    l.level, u.unit_code, u.unit_name, u.province_name, u.district_name, l.unit_key, l.year,
    l.indicator_key, l.indicator_code, l.asked_by, l.asked_by_key, l.assigned_value,
    l.registered_value, l.is_short, l.is_comparable and l.operator <> 'between' as is_summable,
    case when l.is_registered_anywhere then l.shortfall end as shortfall,
    case
        when l.is_registered_anywhere and l.shortfall > 0 then round(
            100 * l.shortfall / sum(l.shortfall) over (
                partition by l.asked_by, l.asked_by_key, l.year, l.indicator_key
            ), 2
        )
    end as gap_share_pct,
    u.sort_key
from lacking as l
inner join mart.unit as u on u.level = l.level and u.unit_key = l.unit_key;
