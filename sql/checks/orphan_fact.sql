-- grain: one row a touched fact whose filing, unit, indicator or fund is not in its dimension
-- severity: fail
with touched as (
    select distinct commune_key, year from stg.touched
),

years as (
    select 1 as found, year from dw.dim_year
)

select f.filing_id, f.sheet, f.cell
from dw.fact_indicator as f
inner join touched as t on t.commune_key = f.commune_key and t.year = f.year
left join raw.filing as g using (filing_id)
left join dw.dim_indicator as i using (indicator_key)
left join dw.dim_commune as c on c.commune_key = f.commune_key
left join years as y on y.year = f.year
where num_nulls(g.filing_id, i.indicator_key, c.commune_key, y.found) > 0
union all
select f.filing_id, f.sheet, f.cell
from dw.fact_target as f
inner join touched as t on t.commune_key = f.commune_key and t.year = f.year
left join raw.filing as g using (filing_id)
left join dw.dim_indicator as i using (indicator_key)
left join dw.dim_commune as c on c.commune_key = f.commune_key
left join years as y on y.year = f.year
where num_nulls(g.filing_id, i.indicator_key, c.commune_key, y.found) > 0
union all
select f.filing_id, f.sheet, f.cell
from dw.fact_fund as f
inner join touched as t on t.commune_key = f.commune_key and t.year = f.year
left join raw.filing as g using (filing_id)
left join dw.dim_fund as d using (fund_key)
left join dw.dim_commune as c on c.commune_key = f.commune_key
left join years as y on y.year = f.year
where num_nulls(g.filing_id, d.fund_key, c.commune_key, y.found) > 0
