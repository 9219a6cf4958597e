-- makes mart.unit
-- reads dw.dim_province, dw.dim_commune, dw.dim_district
-- one row per version of a commune, district or province
-- why readers and views find a unit of any level in one place
create view mart.unit as
select
    'commune' as level, c.commune_key as unit_key, c.commune_code as unit_code,
    initcap(left(c.unit_type, 1)) || substr(c.unit_type, 2) || ' ' || c.commune_name as unit_name,
    d.district_code, d.district_name, p.province_code, p.province_name,
    c.valid_from, c.valid_to, c.sort_key, c.legal_basis
from dw.dim_commune as c
inner join dw.dim_province as p using (province_key)
left join dw.dim_district as d using (district_key)
union all
select
    'district', d.district_key, d.district_code,
    initcap(left(d.unit_type, 1)) || substr(d.unit_type, 2) || ' ' || d.district_name,
    d.district_code, d.district_name, p.province_code, p.province_name,
    d.valid_from, d.valid_to, d.sort_key, d.legal_basis
from dw.dim_district as d
inner join dw.dim_province as p using (province_key)
union all
select
    'province', p.province_key, p.province_code,
    initcap(left(p.unit_type, 1)) || substr(p.unit_type, 2) || ' ' || p.province_name,
    null, null, p.province_code, p.province_name,
    p.valid_from, p.valid_to, p.sort_key, p.legal_basis
from dw.dim_province as p;
