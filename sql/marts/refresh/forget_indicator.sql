-- grain: one row an aggregate of a touched commune, or of a unit that has people of one, to be
-- computed again; of one that filed for itself too.
delete from dw.agg_indicator as a
using (
    select 'as_filed' as unit_map, 'commune' as level, commune_key as unit_key, year
    from stg.touched
    union
    select 'bridged', 'commune', commune_key, year from stg.touched
    union
    select
        'own', case when district_key is null then 'province' else 'district' end,
        coalesce(district_key, province_key), year
    from stg.touched
    where commune_key is null
    union
    select unit_map, level, unit_key, year from stale_unit
) as t
where
    a.level = t.level and a.unit_key = t.unit_key and a.year = t.year and a.unit_map = t.unit_map
