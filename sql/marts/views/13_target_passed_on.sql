-- makes mart.target_passed_on
-- reads ref.map_unit, mart.unit, dw.dim_indicator, mart.target_shortfall, mart.indicator_on_map
-- one row per map, unit, year and indicator that the unit assigned to units just below it
-- why their sum, and how many of them lack what. A statement stands on the maps that its unit is
--   on
create view mart.target_passed_on as
with passed as materialized (
    select
        s.asked_by as level, s.asked_by_key as unit_key, s.year, s.indicator_key,
        count(*) as units_assigned,
        case when bool_and(s.is_summable) then sum(s.assigned_value) end as assigned_sum,
        count(*) filter (where s.is_short or s.shortfall > 0) as units_short,
        sum(s.shortfall) as shortfall
    from mart.target_shortfall as s
    group by s.asked_by, s.asked_by_key, s.year, s.indicator_key
),

opening as materialized (
    select
        unit_map, level, unit_key, year, indicator_key, numerator, units_expected,
        districts_expected
    from mart.indicator_on_map
    where
        level <> 'commune' and measure = 'baseline' and period = 'OPEN'
        and units_reported = units_expected
)

select
    m.unit_map, p.level, u.unit_code, u.unit_name, u.province_name, u.district_name, p.unit_key,
    p.year, p.indicator_key, i.indicator_code, p.units_assigned,
    -- a rate is that of the counts assigned, where every unit below has one and all households
    -- are known
    case
        when i.kind = 'count' then p.assigned_sum
        when n.units_assigned = case
            when p.level = 'province' and h.districts_expected > 0 then h.districts_expected
            else h.units_expected
        end then round(100 * n.assigned_sum / nullif(h.numerator, 0), i.decimals)
    end as assigned_below,
    p.units_short, p.shortfall, u.sort_key
from passed as p
inner join ref.map_unit as m on m.level = p.level and m.unit_key = p.unit_key
inner join mart.unit as u on u.level = p.level and u.unit_key = p.unit_key
inner join dw.dim_indicator as i on i.indicator_key = p.indicator_key
left join dw.dim_indicator as part on part.indicator_code = i.numerator_code
left join dw.dim_indicator as whole
    on whole.indicator_code = i.denominator_code and i.denominator_measure = 'opening'
left join passed as n
    on n.level = p.level and n.unit_key = p.unit_key and n.year = p.year
    and n.indicator_key = part.indicator_key
left join opening as h
    on h.unit_map = m.unit_map and h.level = p.level and h.unit_key = p.unit_key
    and h.year = p.year and h.indicator_key = whole.indicator_key;
