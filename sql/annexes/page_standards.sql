-- grain: one row per poverty standard and the years that it is in force
select poverty_standard, min(year) as year_from, max(year) as year_to
from dw.dim_year
group by poverty_standard
order by year_from
