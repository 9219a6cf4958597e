-- grain: one row per year
select year::text, plan_period from dw.dim_year order by year
