-- grain: one row per commune of the latest map whose figures came from other units, a year and the
-- indicator that its programme draws
select
    u.unit_name as "đơn vị trên bản đồ mới",
    u.province_name as "tỉnh",
    u.indicator_name_vi as "chỉ tiêu",
    max(u.units_reported || '/' || u.units_expected)
        filter (where u.measure = 'baseline') as "xã cũ",
    max(u.denominator) filter (where u.measure = 'baseline') as "mẫu số đầu năm",
    max(u.numerator) filter (where u.measure = 'baseline') as "tử số đầu năm",
    max(u.value) filter (where u.measure = 'baseline') as "đầu năm",
    max(u.value) filter (where u.measure = 'assigned') as "giao cuối năm",
    max(u.value) filter (where u.measure = 'registered') as "đăng ký cuối năm",
    max(u.value) filter (where u.measure = 'actual' and u.period = 'Y') as "cả năm"
from mart.indicator_by_unit as u
where
    u.level = 'commune'
    and u.indicator_code in (select indicator_code from dw.shown_indicator where place = 'chart')
    and u.unit_map = (select unit_map from mart.unit_map order by map_on desc limit 1)
group by u.indicator_name_vi, u.unit_code, u.unit_name, u.province_name, u.sort_key, u.year
having max(u.units_expected) filter (where u.measure = 'baseline') > 1
order by u.province_name, u.sort_key
