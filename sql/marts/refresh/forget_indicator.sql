-- grain: one row an aggregate of a touched unit or of its parents, to be computed again.
delete from dw.agg_indicator as a
using (
    select 'commune' as level, commune_key as unit_key, year from stg.touched
    union
    select 'district', district_key, year from stg.touched
    union
    select 'province', province_key, year from stg.touched
) as t
where a.level = t.level and a.unit_key = t.unit_key and a.year = t.year
