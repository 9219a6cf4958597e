-- one row per touched fact whose commune was not in force on its filing's day
-- severity: fail
select f.filing_id, f.sheet, f.cell
from (select distinct commune_key, year from stg.touched) as t
inner join dw.dim_commune as c using (commune_key)
cross join lateral (  -- found commune by commune (offset 0)
    select i.filing_id, i.sheet, i.cell
    from dw.fact_indicator as i
    where i.commune_key = t.commune_key and i.year = t.year
    offset 0
) as f
inner join raw.filing as g using (filing_id)
where g.units_on < c.valid_from or g.units_on >= c.valid_to
