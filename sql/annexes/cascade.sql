-- grain: one row per indicator and the unit (is_total), or one of those just below it, as they were
-- when it was assigned: a province's districts (communes where it has none), a district's communes
select
    i.name_vi as indicator_vi, i.name_en as indicator_en, c.unit_name, c.unit,
    c.level = :level and c.unit_key = :unit_key as is_total,
    c.assigned_by_province, c.assigned_by_district, c.own_plan_value, c.registered_value,
    c.asked_by, c.registered_gap, c.registered_verdict,
    c.assigned_below, c.below_gap, c.below_verdict,
    c.gap_share_pct, c.is_below_parent,
    case
        when c.units_expected is not null then c.units_registered || '/' || c.units_expected
    end as coverage
from mart.target_cascade as c
inner join dw.dim_indicator as i using (indicator_code)
left join dw.dim_commune as m on c.level = 'commune' and m.commune_key = c.unit_key
left join dw.dim_district as d on c.level = 'district' and d.district_key = c.unit_key
where
    c.unit_map = 'as_filed' and c.year = :year
    and case
        when c.level = :level then c.unit_key = :unit_key
        when :level = 'province' then coalesce(
            d.province_key, case when m.district_key is null then m.province_key end
        ) = :unit_key
        when :level = 'district' then m.district_key = :unit_key
    end
order by
    -- what only the unit itself states comes last
    count(*) over (partition by i.indicator_key) = 1, i.indicator_key, is_total desc, c.sort_key,
    c.unit_code
