-- grain: one row a fact whose filing, unit, year, indicator or fund is not in its dimension
-- severity: fail
select f.filing_id, f.sheet, f.cell
from dw.fact_indicator as f
left join raw.filing as g using (filing_id)
left join dw.dim_indicator as i using (indicator_key)
left join dw.dim_commune as c using (commune_key)
left join dw.dim_year as y on y.year = f.year
where
    g.filing_id is null or i.indicator_key is null or y.year is null
    or (f.commune_key is not null and c.commune_key is null)
union all
select f.filing_id, f.sheet, f.cell
from dw.fact_target as f
left join raw.filing as g using (filing_id)
left join dw.dim_indicator as i using (indicator_key)
left join dw.dim_commune as c using (commune_key)
left join dw.dim_year as y on y.year = f.year
where
    g.filing_id is null or i.indicator_key is null or y.year is null
    or (f.commune_key is not null and c.commune_key is null)
union all
select f.filing_id, f.sheet, f.cell
from dw.fact_fund as f
left join raw.filing as g using (filing_id)
left join dw.dim_fund as d using (fund_key)
left join dw.dim_commune as c using (commune_key)
left join dw.dim_year as y on y.year = f.year
where
    g.filing_id is null or d.fund_key is null or y.year is null
    or (f.commune_key is not null and c.commune_key is null)
