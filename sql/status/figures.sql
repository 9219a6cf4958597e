-- grain: one row per district or province that has figures of the latest year, and an indicator that
-- a programme lists; as filed, and what is known only on the latest map
with latest as (
    select unit_map from mart.unit_map order by map_on desc limit 1
),

known as (
    select distinct on (level, unit_name, sort_key, year, period, measure, indicator_code) *
    from mart.indicator_by_unit
    where level <> 'commune' and (unit_map = 'as_filed' or unit_map in (select unit_map from latest))
    order by
        level, unit_name, sort_key, year, period, measure, indicator_code,
        unit_map = 'as_filed' desc
)

select
    unit_name as "đơn vị",
    indicator_name_vi as "chỉ tiêu",
    year::text as "năm",
    max(value) filter (where measure = 'baseline') as "đầu năm",
    max(value) filter (where measure = 'assigned') as "giao các xã",
    max(value) filter (where measure = 'registered') as "xã đăng ký",
    max(value) filter (where measure = 'actual' and period = 'H1') as "6 tháng",
    max(value) filter (where measure = 'actual' and period = 'Y') as "cả năm",
    string_agg(
        distinct case
            when is_self_filed then 'tự báo cáo'
            else ref.rests_on(
                units_reported, units_expected, districts_reported, districts_expected,
                districts_self_filed
            )
        end, ', '
    ) as "số xã",
    string_agg(distinct unit_map, ', ') as "bản đồ"
from known
where
    indicator_code in (select indicator_code from dw.shown_indicator where place = 'status')
    and year = (select max(year) from known where measure = 'actual')
group by level, unit_name, indicator_code, indicator_name_vi, year, sort_key
order by level, sort_key, indicator_code
