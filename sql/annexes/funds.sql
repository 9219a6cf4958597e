-- grain: one row per time, project line and source of a programme of the unit on the map, below it what
-- of it is capital and what recurrent (nature), then the time's total by source and its total. A time
-- is a period of the year, or several years that the year is one of, which no sum of a year takes in
with project as materialized ( -- first: under grouping sets no view is asked for one unit
    select * from mart.fund_on_map
    where unit_map = :unit_map and level = :level and unit_key = any(:unit_keys)
        and :year between year_from and year and programme_code = :programme
),

total as materialized (
    select * from mart.fund_total_on_map
    where unit_map = :unit_map and level = :level and unit_key = any(:unit_keys)
        and :year between year_from and year and programme_code = :programme
),

line as (
    select
        year_from, year, period, 'line' as kind, is_whole_programme, project_code, project_vi, project_en,
        source, source_vi, source_en, nature, sum(need_million_vnd) as need_million_vnd,
        sum(plan_million_vnd) as plan_million_vnd, sum(allocated_million_vnd) as allocated_million_vnd,
        sum(disbursed_million_vnd) as disbursed_million_vnd, sum(mobilised_million_vnd) as mobilised_million_vnd,
        max(units_reported) as units_reported, max(units_expected) as units_expected
    from project
    group by year_from, year, period, is_whole_programme, project_code, project_vi, project_en,
        source, source_vi, source_en, grouping sets ((), (nature))
    having grouping(nature) = 1 or nature is not null
),

listed as (
    select * from line
    union all
    select
        year_from, year, period, case when source is null then 'total' else 'source' end, false,
        null, null, null, source, source_vi, source_en, null, sum(need_million_vnd),
        sum(plan_million_vnd), sum(allocated_million_vnd), sum(disbursed_million_vnd),
        sum(mobilised_million_vnd), min(units_reported) filter (
            where num_nonnulls(plan_million_vnd, allocated_million_vnd) > 0
            or num_nonnulls(disbursed_million_vnd, mobilised_million_vnd) > 0
        ), max(units_expected)
    from total
    group by grouping sets (
        (year_from, year, period, source, source_vi, source_en), (year_from, year, period)
    )
)

select
    period, year_from, year as year_to, kind, is_whole_programme, project_code, project_vi,
    ref.project_words(project_code) as project_words, project_en, source, source_vi, source_en, nature, need_million_vnd, plan_million_vnd,
    allocated_million_vnd, disbursed_million_vnd, mobilised_million_vnd,
    round(100 * disbursed_million_vnd / nullif(allocated_million_vnd, 0), 2) as disbursed_pct,
    -- coverage is of the communes' execution; a plan or a need alone has none
    case
        when num_nonnulls(allocated_million_vnd, disbursed_million_vnd, mobilised_million_vnd) > 0
            then units_reported || '/' || units_expected
    end as coverage
from listed
order by
    year_from < year, year_from, year, kind, is_whole_programme desc, project_code,
    array_position(cast(:sources as text []), source), source, nature nulls first,
    ref.last_month(period), ref.first_month(period) desc
