-- grain: one row a district, project line and source, then the total of the district
select
    coalesce(unit_name, '') as "đơn vị",
    coalesce(project_code, 'Cộng / total') as "dự án",
    coalesce(source, 'Cộng / total') as "nguồn",
    sum(plan_million_vnd) as "kế hoạch",
    sum(allocated_million_vnd) as "giao",
    sum(disbursed_million_vnd) as "giải ngân",
    round(
        100 * sum(disbursed_million_vnd) / nullif(sum(allocated_million_vnd), 0), 2
    ) as "% giải ngân"
from mart.fund_use
where
    level = 'district'
    and period = case
        when exists (
            select from mart.fund_use as y
            where y.level = 'district' and y.period = 'Y' and y.allocated_million_vnd is not null
        ) then 'Y'
        when exists (select from mart.fund_use as h where h.period = 'H1') then 'H1'
        else 'Y'
    end
group by grouping sets (
    (unit_name, project_code, source), (unit_name, source), (unit_name)
)
order by unit_name, project_code nulls last, source nulls last
limit 80
