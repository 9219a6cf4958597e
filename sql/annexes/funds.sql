-- grain: one row per time, project line and source of the unit, then the time's total by source and
-- its total. A time is the year's period, or several years that the year is one of, which no sum
-- of a year takes in; a period with a plan alone is left out where another has been carried out
with asked as (
    select * from mart.fund_use
    where
        level = :level and unit_code = :unit and unit_name = :unit_name
        and :year between year_from and year
),

used as (
    select * from asked
    where
        year_from = year
        and coalesce(allocated_million_vnd, disbursed_million_vnd) is not null
),

shown as (
    select distinct year_from, year, period from asked
    where
        year_from < year or period in (select period from used)
        or period = 'Y' and not exists (select from used)
),

listed as (
    select
        u.year_from, u.year, u.period, 'line' as kind, u.project_code, u.project_vi, u.project_en,
        u.source, u.source_vi, u.source_en, u.need_million_vnd, u.plan_million_vnd,
        u.allocated_million_vnd, u.disbursed_million_vnd, u.units_reported, u.units_expected
    from asked as u
    inner join shown using (year_from, year, period)
    union all
    select
        t.year_from, t.year, t.period, case when t.source is null then 'total' else 'source' end,
        null, null, null, t.source, t.source_vi, t.source_en, t.need, t.plan, t.allocated,
        t.disbursed, t.units_reported, t.units_expected
    from (
        select
            year_from, year, period, source, source_vi, source_en,
            sum(need_million_vnd) as need, sum(plan_million_vnd) as plan,
            sum(allocated_million_vnd) as allocated, sum(disbursed_million_vnd) as disbursed,
            min(units_reported) filter (
                where num_nonnulls(
                    plan_million_vnd, allocated_million_vnd, disbursed_million_vnd
                ) > 0
            ) as units_reported,
            max(units_expected) as units_expected
        from mart.fund_total
        where level = :level and unit_code = :unit and unit_name = :unit_name
        group by grouping sets (
            (year_from, year, period, source, source_vi, source_en), (year_from, year, period)
        )
    ) as t
    inner join shown using (year_from, year, period)
)

select
    period, year_from, year as year_to, kind, project_code, project_vi, project_en, source,
    source_vi, source_en, need_million_vnd, plan_million_vnd, allocated_million_vnd,
    disbursed_million_vnd,
    round(100 * disbursed_million_vnd / nullif(allocated_million_vnd, 0), 2) as disbursed_pct,
    -- coverage is of the communes' execution; a plan or a need alone has none
    case
        when coalesce(allocated_million_vnd, disbursed_million_vnd) is not null
            then units_reported || '/' || units_expected
    end as coverage
from listed
order by year_from < year, year_from, year, period, kind, project_code <> 'ALL', project_code, source
