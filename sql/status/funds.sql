-- grain: one row per district, its years, programme, project line and source (below it what is
-- capital and what recurrent), then the programme's total by source and its total, on the newest
-- map; half a year, the year, and the latest other period that was filed beside each other
with newest as (select unit_map from mart.unit_map order by map_on desc limit 1),

listed as (
    select
        unit_name, sort_key, year_from, year, period, programme_code, case
            when is_whole_programme then 'cả chương trình'
            else coalesce(ref.project_words(project_code), project_vi)
        end as line, project_code, source, source_vi, nature, sum(need_million_vnd) as need,
        sum(plan_million_vnd) as plan, sum(allocated_million_vnd) as allocated,
        sum(disbursed_million_vnd) as disbursed, sum(mobilised_million_vnd) as mobilised
    from mart.fund_on_map inner join newest using (unit_map)
    where level = 'district'
    group by unit_name, sort_key, year_from, year, period, programme_code, is_whole_programme,
        project_code, project_vi, source, source_vi, grouping sets ((), (nature))
    having grouping(nature) = 1 or nature is not null
    union all
    select
        unit_name, sort_key, year_from, year, period, programme_code, 'Cộng', null, source, source_vi, null,
        sum(need_million_vnd), sum(plan_million_vnd), sum(allocated_million_vnd), sum(disbursed_million_vnd),
        sum(mobilised_million_vnd)
    from mart.fund_total_on_map inner join newest using (unit_map)
    where level = 'district'
    group by unit_name, sort_key, year_from, year, period, programme_code, rollup ((source, source_vi))
),

known as (
    select
        unit_name, sort_key, year_from, year, programme_code,
        (array_agg(period order by ref.last_month(period) desc, ref.first_month(period)))[1] as late
    from listed where period not in ('H1', 'Y') and num_nonnulls(allocated, disbursed, mobilised) > 0
    group by unit_name, sort_key, year_from, year, programme_code
)

select
    unit_name as "đơn vị", concat_ws('–', nullif(l.year_from, l.year), l.year) as "năm",
    g.topic_vi as "chương trình", line as "dự án", coalesce(source_vi, 'Cộng') as "nguồn",
    case nature when 'capital' then 'vốn đầu tư' when 'recurrent' then 'vốn sự nghiệp' end as "trong đó",
    round(max(need), 2) as "nhu cầu", round(max(plan), 2) as "kế hoạch",
    max(allocated) filter (where period = 'H1') as "giao, 6 tháng",
    max(disbursed) filter (where period = 'H1') as "giải ngân",
    round(max(100 * disbursed / nullif(allocated, 0)) filter (where period = 'H1'), 2) as "%",
    max(mobilised) filter (where period = 'H1') as "huy động",
    max(allocated) filter (where period = 'Y') as "giao, cả năm",
    max(disbursed) filter (where period = 'Y') as "giải ngân ",
    round(max(100 * disbursed / nullif(allocated, 0)) filter (where period = 'Y'), 2) as "% ",
    max(mobilised) filter (where period = 'Y') as "huy động ", late as "kỳ khác",
    max(allocated) filter (where period = late) as "giao", max(disbursed) filter (where period = late) as "giải ngân  ",
    max(mobilised) filter (where period = late) as "huy động  "
from listed as l
left join known using (unit_name, sort_key, year_from, year, programme_code)
inner join dw.dim_programme as g using (programme_code)
group by unit_name, sort_key, l.year_from, l.year, programme_code, g.topic_vi, line, project_code, l.source,
    source_vi, nature, late
order by sort_key, l.year_from, l.year, programme_code, line = 'Cộng', line = 'cả chương trình', project_code,
    array_position(cast(:sources as text []), l.source), l.source, nature nulls first
