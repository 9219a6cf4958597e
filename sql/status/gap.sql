-- grain: one row per target of the own plan of a district or province, beside what its communes
-- were assigned (which agrees with the plan or not) and registered (which covers it or not)
select
    g.unit_name as "đơn vị",
    i.name_vi as "chỉ tiêu",
    g.assigned_operator as "cách đọc",
    round(g.assigned_value, i.decimals) as "kế hoạch",
    round(g.assigned_value_high, i.decimals) as "đến",
    round(g.assigned_sum, i.decimals) as "cộng giao các xã",
    g.plan_sum_verdict as "so với kế hoạch",
    round(g.registered_value, i.decimals) as "cộng xã đăng ký",
    round(g.gap, i.decimals) as "chênh",
    g.verdict as "kết luận",
    g.units_reported || '/' || g.units_expected as "số xã",
    case
        when length(g.assigned_text) > 60 then '…' || right(g.assigned_text, 59)
        else g.assigned_text
    end as "nguyên văn"
from mart.target_gap as g
inner join dw.dim_indicator as i using (indicator_code)
where g.assigned_value is not null and g.unit_map = 'as_filed'
order by
    g.level, g.sort_key, i.name_vi, g.year, g.assigned_value, g.assigned_operator, g.assigned_text
