-- grain: one row per commune on the latest map (or what a district filed for itself), year and count
select
    province_name as "Tỉnh", district_name as "Huyện", unit_label as "Đơn vị", year as "Năm",
    period_vi as "Kỳ", programme_vi as "Chương trình", indicator_vi as "Chỉ tiêu",
    unit_of_measure_vi as "Đơn vị tính", opening as "Đầu năm", assigned as "Giao",
    registered as "Đăng ký", value as "Thực hiện", reason_vi as "Vì sao chưa có số"
from mart.count_commune
order by sort_order, unit_id, year, indicator_key
