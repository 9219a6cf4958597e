-- grain: one row a period, project line and source of the unit, then the period's total by source
-- and its total; a period with a plan alone is left out where another has been carried out
with used as (
    select *, coalesce(allocated_million_vnd, disbursed_million_vnd) is not null as is_carried_out
    from mart.fund_use
    where
        level = :level and unit_code = :unit and unit_name = :unit_name and year = :year
),

shown as (
    select * from used
    where period in (
        select period from used where is_carried_out
        union all
        select 'Y' where not exists (select from used where is_carried_out)
    )
)

select
    period, project_code, project_vi, project_en, source, source_vi, source_en,
    case grouping(project_code, source) when 0 then 'line' when 2 then 'source' else 'total' end
        as kind,
    sum(plan_million_vnd) as plan_million_vnd,
    sum(allocated_million_vnd) as allocated_million_vnd,
    sum(disbursed_million_vnd) as disbursed_million_vnd,
    round(100 * sum(disbursed_million_vnd) / nullif(sum(allocated_million_vnd), 0), 2)
        as disbursed_pct,
    -- coverage is of the communes' execution; a plan alone has none
    case when bool_or(is_carried_out) then min(units_reported) || '/' || max(units_expected) end
        as coverage
from shown
group by grouping sets (
    (period, project_code, project_vi, project_en, source, source_vi, source_en),
    (period, source, source_vi, source_en),
    (period)
)
order by period, kind, project_code, source
