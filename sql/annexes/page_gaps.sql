-- grain: one row per target of the unit's own plan that communes were assigned or registered too,
-- or sum of these
select
    i.name_vi as indicator_vi, i.name_en as indicator_en, g.indicator_code, g.unit_of_measure,
    g.assigned_operator,
    round(g.assigned_value, i.decimals) as assigned_value,
    round(g.assigned_value_high, i.decimals) as assigned_value_high,
    round(g.assigned_sum, i.decimals) as assigned_sum, g.plan_sum_verdict,
    case
        when g.assigned_value is not null or g.gap is null then null
        when g.printed_total is not null then 'assigned_total'
        else 'assigned_sum'
    end as against,
    round(g.registered_value, i.decimals) as registered_value, round(g.gap, i.decimals) as gap,
    g.verdict,
    g.assigned_text,
    g.units_reported || '/' || g.units_expected as coverage
from mart.target_gap as g
inner join dw.dim_indicator as i using (indicator_code)
where
    g.level = :level and g.unit_code = :unit and g.unit_name = :unit_name
    and g.unit_map = :unit_map and g.year = :year
    and coalesce(i.programme_code, :programme) = :programme
order by i.indicator_key, g.assigned_value, g.assigned_text collate "C"
