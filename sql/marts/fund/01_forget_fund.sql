-- makes dw.agg_fund
-- reads stg.touched, dw.dim_district
-- one row per fund line of a touched commune, of its province, or of a district in it: it goes
-- why the models after this one compute it again; a plan stands beside the periods that any unit of
--   the province reported
delete from dw.agg_fund as a
using (
    select 'commune' as level, commune_key as unit_key, year from stg.touched
    union
    select 'district', d.district_key, t.year
    from stg.touched as t
    inner join dw.dim_district as d using (province_key)
    union
    select 'province', province_key, year from stg.touched
) as t
where a.level = t.level and a.unit_key = t.unit_key and a.year = t.year
