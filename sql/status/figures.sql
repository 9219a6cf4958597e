-- grain: one row a district or province that has figures, an indicator of poverty and a year
select
    unit_name as "đơn vị",
    indicator_name_vi as "chỉ tiêu",
    year::text as "năm",
    max(value) filter (where measure = 'baseline') as "đầu năm",
    max(value) filter (where measure = 'target') as "đăng ký",
    max(value) filter (where measure = 'actual' and period = 'H1') as "6 tháng",
    max(value) filter (where measure = 'actual' and period = 'Y') as "cả năm",
    max(units_reported) || '/' || max(units_expected) as "số xã",
    max(districts_reported) || '/' || max(districts_expected) as "số huyện"
from mart.indicator_by_unit
where
    level <> 'commune'
    and indicator_code in (
        'households', 'poor_households', 'near_poor_households', 'poverty_rate',
        'poor_households_reduction', 'poverty_rate_reduction'
    )
group by level, unit_name, indicator_code, indicator_name_vi, year, sort_key
order by year, level, sort_key, indicator_code
limit 60
