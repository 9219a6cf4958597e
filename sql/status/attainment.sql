-- grain: one row per target on an indicator that a programme lists, of a district or province and a period of the latest year,
-- on the latest map; provinces that have ended as filed
with latest as (
    select unit_map from mart.unit_map order by map_on desc limit 1
),

shown as (
    select distinct on (
        level, unit_name, sort_key, year, period, indicator_code, sub_population, basis, operator,
        target_value
    ) *
    from mart.attainment
    where
        actual_value is not null
        and indicator_code in (select indicator_code from dw.shown_indicator where place = 'status')
        and year = (select max(year) from mart.attainment where actual_value is not null)
        and (
            level = 'province' and unit_map = 'as_filed'
            or level <> 'commune' and unit_map in (select unit_map from latest)
        )
    order by
        level, unit_name, sort_key, year, period, indicator_code, sub_population, basis, operator,
        target_value,
        unit_map <> 'as_filed' desc, target_id
)

select
    a.unit_name as "đơn vị",
    i.name_vi || coalesce(
        ', xã từ ' || substring(a.sub_population from '^communes_([0-9]+)_pct') || ' % ('
        || l.name_vi || ')', ''
    ) as "chỉ tiêu",
    coalesce(a.asked_by, a.basis) as "cơ sở",
    a.operator as "cách đọc",
    round(a.target_value, i.decimals) as "mục tiêu",
    round(a.target_value_high, i.decimals) as "đến",
    a.period as "kỳ",
    a.actual_value as "đạt",
    a.attainment_pct as "%",
    round(a.remaining_value, i.decimals) as "còn",
    a.verdict as "đánh giá",
    a.reason as "lý do",
    case
        when a.is_self_filed then 'tự báo cáo' else a.units_reported || '/' || a.units_expected
    end as "số xã",
    a.unit_map as "bản đồ"
from shown as a
inner join dw.dim_indicator as i using (indicator_code)
left join dw.dim_programme as g on g.programme_code = a.programme_code
left join dw.dim_indicator as l on l.indicator_code = g.listed_by
order by
    a.level, a.sort_key, a.basis, i.name_vi, ref.last_month(a.period), a.period, a.unit_map,
    a.sub_population, a.operator, a.target_value, a.target_id
