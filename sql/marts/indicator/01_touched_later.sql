-- makes stg.touched
-- reads stg.touched, ref.unit_path, dw.dim_commune, dw.fact_indicator
-- one row per commune and year that has figures and came of a touched commune
-- why its figures may rest on the opening figures of the communes it came of
insert into stg.touched (commune_key, district_key, province_key, year)
select distinct c.commune_key, c.district_key, c.province_key, t.year
from stg.touched as t
inner join ref.unit_path as p on p.from_key = t.commune_key
inner join dw.dim_commune as c on c.commune_key = p.to_key
where exists (
    select from dw.fact_indicator as f where f.commune_key = c.commune_key and f.year = t.year
)
on conflict do nothing
