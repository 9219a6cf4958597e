-- grain: one row a commune-level fact whose commune was not in force on its filing's day
-- severity: fail
select f.filing_id, f.sheet, f.cell
from dw.fact_indicator as f
inner join raw.filing as g using (filing_id)
inner join dw.dim_commune as c using (commune_key)
where g.units_on < c.valid_from or g.units_on >= c.valid_to
