-- makes stale_map_unit
-- reads stale_unit, stg.touched, ref.map_unit, ref.map_share, dw.agg_indicator,
--   dw.agg_indicator_bridged, dw.agg_indicator_unknown
-- one row per map and unit on it whose targets are to be judged again, and whose figures are the
--   same (figures_of): its own as filed, where mart.indicator_on_map shows no others on the map
-- why what is said of communes as filed is judged only for those that are touched; a unit that a map
--   leaves as it was is fetched, and mostly judged, once. Looked up unit by unit (offset 0), whatever
--   else is there
create temporary table stale_map_unit on commit drop as
with named as (
    select unit_map, level, unit_key from stale_unit
    union
    select 'as_filed', 'commune', commune_key from stg.touched where commune_key is not null
),

place as materialized (
    select
        row_number() over (order by unit_map, level, unit_key)::integer as place_no,
        unit_map, level, unit_key
    from named
)

select
    p.place_no, p.unit_map, p.level, p.unit_key, coalesce(f.place_no, p.place_no) as figures_of
from place as p
left join place as f
    on p.unit_map <> 'as_filed' and f.unit_map = 'as_filed'
    and f.level = p.level and f.unit_key = p.unit_key
    and exists (
        select from ref.map_unit as m
        inner join ref.map_share as w using (map_unit_no)
        where
            (m.unit_map, m.level, m.unit_key) = (p.unit_map, p.level, p.unit_key) and w.is_itself
    )
    and not exists (
        select from dw.agg_indicator as o
        where (o.unit_map, o.level, o.unit_key) = (p.unit_map, p.level, p.unit_key)
        offset 0
    )
    and not exists (
        select from dw.agg_indicator_bridged as o
        where p.level = 'commune' and o.commune_key = p.unit_key
        offset 0
    )
    and not exists (
        select from dw.agg_indicator_unknown as o
        where (o.unit_map, o.level, o.unit_key) = (p.unit_map, p.level, p.unit_key)
        offset 0
    )
