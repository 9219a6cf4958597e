-- grain: one row per district, its years, programme, project line and source, then the programme's
-- total by source and its total, on the newest map; what was done in half a year and in the year
-- beside each other
with newest as (
    select unit_map from mart.unit_map order by map_on desc limit 1
),

listed as (
    select
        unit_name, sort_key, year_from, year, period, programme_code,
        case
            when is_whole_programme then 'cả chương trình'
            when project_code ~ '^DA[0-9]+(-TDA[0-9]+)?$'
                then replace(replace(project_code, '-TDA', ' - Tiểu dự án '), 'DA', 'Dự án ')
            else project_vi
        end as line, project_code, source, source_vi,
        sum(need_million_vnd) as need, sum(plan_million_vnd) as plan,
        sum(allocated_million_vnd) as allocated, sum(disbursed_million_vnd) as disbursed
    from mart.fund_on_map
    inner join newest using (unit_map)
    where level = 'district'
    group by unit_name, sort_key, year_from, year, period, programme_code, is_whole_programme,
        project_code, project_vi, source, source_vi
    union all
    select
        unit_name, sort_key, year_from, year, period, programme_code, 'Cộng', null, source, source_vi,
        sum(need_million_vnd), sum(plan_million_vnd), sum(allocated_million_vnd), sum(disbursed_million_vnd)
    from mart.fund_total_on_map
    inner join newest using (unit_map)
    where level = 'district'
    group by grouping sets (
        (unit_name, sort_key, year_from, year, period, programme_code, source, source_vi),
        (unit_name, sort_key, year_from, year, period, programme_code)
    )
)

select
    unit_name as "đơn vị",
    concat_ws('–', nullif(l.year_from, l.year), l.year) as "năm",
    g.topic_vi as "chương trình",
    line as "dự án",
    coalesce(source_vi, 'Cộng') as "nguồn",
    round(max(need), 2) as "nhu cầu",
    round(max(plan), 2) as "kế hoạch",
    max(allocated) filter (where period = 'H1') as "giao, 6 tháng",
    max(disbursed) filter (where period = 'H1') as "giải ngân",
    round(
        100 * max(disbursed) filter (where period = 'H1')
        / nullif(max(allocated) filter (where period = 'H1'), 0), 2
    ) as "%",
    max(allocated) filter (where period = 'Y') as "giao, cả năm",
    max(disbursed) filter (where period = 'Y') as "giải ngân ",
    round(
        100 * max(disbursed) filter (where period = 'Y')
        / nullif(max(allocated) filter (where period = 'Y'), 0), 2
    ) as "% "
from listed as l
inner join dw.dim_programme as g using (programme_code)
group by unit_name, sort_key, l.year_from, l.year, programme_code, g.topic_vi, line, project_code,
    l.source, source_vi
order by
    sort_key, l.year_from, l.year, programme_code, line = 'Cộng', line = 'cả chương trình', project_code,
    l.source nulls last
limit 80
