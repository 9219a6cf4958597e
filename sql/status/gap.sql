-- grain: one row per target of the own plan of a district or province, beside what its communes
-- were assigned (which agrees with the plan or not) and registered (which covers it or not)
select
    g.unit_name as "đơn vị",
    i.name_vi as "chỉ tiêu",
    case g.assigned_operator
        when 'between' then replace(
            trim_scale(g.assigned_value) || ' – ' || trim_scale(g.assigned_value_high), '.', ','
        )
        else g.assigned_operator || ' ' || replace(trim_scale(g.assigned_value)::text, '.', ',')
    end as "kế hoạch",
    g.assigned_sum as "cộng giao các xã",
    case g.plan_sum_verdict
        when 'agrees' then 'khớp'
        when 'adds_up_to_more' then 'nhiều hơn'
        when 'adds_up_to_less' then 'ít hơn'
    end as "so với kế hoạch",
    g.registered_value as "cộng xã đăng ký",
    g.gap as "chênh",
    g.verdict as "đánh giá",
    g.units_reported || '/' || g.units_expected as "số xã",
    case
        when length(g.assigned_text) > 60 then '…' || right(g.assigned_text, 59)
        else g.assigned_text
    end as "nguyên văn"
from mart.target_gap as g
inner join dw.dim_indicator as i using (indicator_code)
where g.assigned_value is not null and g.unit_map = 'as_filed'
order by g.level, g.sort_key, i.name_vi
