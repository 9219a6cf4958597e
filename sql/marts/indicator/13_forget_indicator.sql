-- makes dw.agg_indicator, dw.agg_indicator_own, dw.agg_indicator_bridged,
--   dw.agg_indicator_unknown
-- reads stg.touched, stale_unit
-- one row per figure of a touched unit, or of one that has people of a touched commune: it goes
-- why the models after this one compute it again
with forgotten_own as (
    delete from dw.agg_indicator_own as a using (
        select distinct
            case when district_key is null then 'province' else 'district' end as level,
            coalesce(district_key, province_key) as unit_key, year
        from stg.touched
        where commune_key is null
    ) as t
    where a.level = t.level and a.unit_key = t.unit_key and a.year = t.year
),

forgotten_bridged as (
    delete from dw.agg_indicator_bridged as a using stg.touched as t
    where a.commune_key = t.commune_key and a.year = t.year
),

forgotten_unknown as (
    delete from dw.agg_indicator_unknown as a using stale_unit as t
    where
        a.level = t.level and a.unit_key = t.unit_key and a.year = t.year
        and a.unit_map = t.unit_map
)

delete from dw.agg_indicator as a
using (
    select 'as_filed' as unit_map, 'commune' as level, commune_key as unit_key, year
    from stg.touched
    union
    select unit_map, level, unit_key, year from stale_unit
) as t
where
    a.level = t.level and a.unit_key = t.unit_key and a.year = t.year and a.unit_map = t.unit_map
