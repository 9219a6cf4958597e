-- one row per touched fact whose commune was not in force on its filing's day
-- severity: fail
select f.filing_id, f.sheet, f.cell
from dw.fact_indicator as f
inner join (select distinct commune_key, year from stg.touched) as t using (commune_key, year)
inner join raw.filing as g using (filing_id)
inner join dw.dim_commune as c using (commune_key)
where g.units_on < c.valid_from or g.units_on >= c.valid_to
