-- grain: one row per standard that lines are drawn by and the years that it is in force
select poverty_standard as standard, min(year) as year_from, max(year) as year_to
from dw.dim_year
group by poverty_standard
order by year_from
