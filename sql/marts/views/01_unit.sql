-- makes mart.unit
-- reads dw.dim_unit, dw.dim_commune, dw.dim_district, dw.dim_province
-- one row per version of a commune, district or province
-- why readers and views find a unit of any level in one place, by an index: one table, for a join
--   goes into no union
create view mart.unit as
select
    u.level, u.unit_key, u.unit_code, u.unit_name, u.own_district_code as district_code,
    u.own_district_name as district_name, u.own_province_code as province_code,
    u.own_province_name as province_name, u.valid_from, u.valid_to, u.sort_key,
    case u.level
        when 'commune'
            then (select c.legal_basis from dw.dim_commune as c where c.commune_key = u.unit_key)
        when 'district'
            then (select d.legal_basis from dw.dim_district as d where d.district_key = u.unit_key)
        else (select p.legal_basis from dw.dim_province as p where p.province_key = u.unit_key)
    end as legal_basis
from dw.dim_unit as u
where not u.is_rest;
