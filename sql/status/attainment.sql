-- grain: one row a target of a district or province and a reported period
select
    a.unit_name as "đơn vị",
    i.name_vi as "chỉ tiêu",
    a.basis as "cơ sở",
    a.operator || ' ' || trim_scale(a.target_value) as "mục tiêu",
    a.period as "kỳ",
    a.actual_value as "đạt",
    a.attainment_pct as "%",
    a.verdict as "đánh giá",
    a.reason as "lý do",
    a.units_reported || '/' || a.units_expected as "số xã"
from mart.attainment as a
inner join dw.dim_indicator as i using (indicator_code)
where a.level <> 'commune'
order by a.level, a.sort_key, a.basis, i.name_vi
limit 80
