-- grain: one row per district, its years, project line and source, then the total by source and the
-- total; of a year the newest period that was carried out, else the plan; several years apart
with known as (
    select * from mart.fund_use where level = 'district'
),

shown as (
    select distinct unit_name, sort_key, year_from, year, period from known
    where
        year_from < year
        or period = case
            when exists (
                select from known as y where y.period = 'Y' and y.allocated_million_vnd is not null
            ) then 'Y'
            when exists (select from known as h where h.period = 'H1') then 'H1'
            else 'Y'
        end
),

listed as (
    select
        u.unit_name, u.sort_key, u.year_from, u.year, u.project_code, u.source,
        u.need_million_vnd as need, u.plan_million_vnd as plan,
        u.allocated_million_vnd as allocated, u.disbursed_million_vnd as disbursed
    from known as u
    inner join shown using (unit_name, sort_key, year_from, year, period)
    union all
    select
        t.unit_name, t.sort_key, t.year_from, t.year, null, t.source, sum(t.need_million_vnd),
        sum(t.plan_million_vnd), sum(t.allocated_million_vnd), sum(t.disbursed_million_vnd)
    from mart.fund_total as t
    inner join shown using (unit_name, sort_key, year_from, year, period)
    where t.level = 'district'
    group by grouping sets (
        (t.unit_name, t.sort_key, t.year_from, t.year, t.source),
        (t.unit_name, t.sort_key, t.year_from, t.year)
    )
)

select
    unit_name as "đơn vị",
    concat_ws('–', nullif(year_from, year), year) as "năm",
    coalesce(project_code, 'Cộng / total') as "dự án",
    coalesce(source, 'Cộng / total') as "nguồn",
    need as "nhu cầu",
    plan as "kế hoạch",
    allocated as "giao",
    disbursed as "giải ngân",
    round(100 * disbursed / nullif(allocated, 0), 2) as "% giải ngân"
from listed
order by sort_key, year_from, year, project_code nulls last, source nulls last
limit 80
