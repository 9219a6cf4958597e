-- makes commune_origin
-- reads stg.touched, ref.unit_path, dw.dim_commune
-- one row per touched commune, year and commune of 1 January that the touched one came of
-- why a commune that filed no opening count has those of the communes it came of
create temporary table commune_origin on commit drop as
with touched as (
    select distinct commune_key, year from stg.touched where commune_key is not null
)

select t.commune_key, t.year, p.from_key, p.weight
from touched as t
inner join ref.unit_path as p on p.to_key = t.commune_key
inner join dw.dim_commune as c on c.commune_key = p.from_key
where
    make_date(t.year, 1, 1) >= c.valid_from
    and make_date(t.year, 1, 1) < c.valid_to
