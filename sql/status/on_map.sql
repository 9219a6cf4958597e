-- grain: one row per commune of the latest map whose figures came from other units, and a year
select
    u.unit_name as "đơn vị trên bản đồ mới",
    u.province_name as "tỉnh",
    max(u.units_reported || '/' || u.units_expected)
        filter (where u.measure = 'baseline') as "xã cũ",
    max(u.denominator) filter (where u.measure = 'baseline') as "hộ đầu năm",
    max(u.numerator) filter (where u.measure = 'baseline') as "hộ nghèo đầu năm",
    max(u.value) filter (where u.measure = 'baseline') as "% đầu năm",
    max(u.value) filter (where u.measure = 'assigned') as "% giao cuối năm",
    max(u.value) filter (where u.measure = 'registered') as "% đăng ký cuối năm",
    max(u.value) filter (where u.measure = 'actual' and u.period = 'Y') as "% cả năm"
from mart.indicator_by_unit as u
where
    u.level = 'commune' and u.indicator_code = 'poverty_rate'
    and u.unit_map = (select unit_map from mart.unit_map order by map_on desc limit 1)
group by u.unit_code, u.unit_name, u.province_name, u.sort_key, u.year
having max(u.units_expected) filter (where u.measure = 'baseline') > 1
order by u.province_name, u.sort_key
limit 20
