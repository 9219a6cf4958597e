-- grain: one row per district on the latest map, year, programme, project line, source and nature
select
    province_name as "Tỉnh", unit_label as "Huyện", year as "Năm", period_vi as "Kỳ",
    programme_vi as "Chương trình", project_vi as "Dự án", source_vi as "Nguồn",
    need_million_vnd as "Nhu cầu, triệu đồng", plan_million_vnd as "Kế hoạch, triệu đồng",
    allocated_million_vnd as "Giao, triệu đồng", disbursed_million_vnd as "Giải ngân, triệu đồng",
    mobilised_million_vnd as "Huy động, triệu đồng"
from mart.fund_district
order by
    sort_order, unit_id, year, programme_code, is_whole_programme desc, project_code,
    array_position(cast(:sources as text []), source), source, nature nulls first
