-- makes counted_share
-- reads stale_unit, ref.map_share, commune_figure, counted_elsewhere
-- one row per stale unit of a map, commune that counts in it, day of the commune's figures, and whether
--   they are bridged: the share that the unit has of the commune, and whether some of its figures count
--   elsewhere
-- why as filed: what a commune filed. On a map: what is bridged, and what it filed, but for the unit's
--   own communes on a day when the unit was in force, whose figures stand on the map as they were filed,
--   unless others there are bridged: as filed the sum lacks those
-- for example: on the map of 1 July 2025 the new Côn Minh has weight 1 of each of its three old communes:
--   their count of 30 June is to be added up. Of a commune that was split 60 to 40, two units have 0.6 and
--   0.4; null where nobody said. Its own count of 31 December has no row: it was in force, and that
--   figure stands on the map as it was filed
create temporary table counted_share on commit drop as
with dated as (
    select distinct commune_key, year, figure_on, is_bridged from commune_figure
),

share as materialized (  -- of stale units alone, before each is held against days
    select
        s.map_unit_no, s.unit_map, s.level, s.year, s.valid_from, s.valid_to, m.commune_key, m.weight,
        m.is_itself
    from stale_unit as s
    inner join ref.map_share as m using (map_unit_no)
),

bridged as (
    select distinct s.map_unit_no, d.figure_on
    from share as s
    inner join dated as d using (commune_key, year)
    where d.is_bridged and s.level <> 'commune'
)

select
    s.map_unit_no, s.level, d.commune_key, d.year, d.figure_on, d.is_bridged, s.weight,
    e.commune_key is not null as is_in_part
from share as s
inner join dated as d using (commune_key, year)
left join (
    select distinct map_unit_no, commune_key, year from counted_elsewhere
) as e using (map_unit_no, commune_key, year)
where case
    when d.is_bridged
        then s.unit_map <> 'as_filed' and not (s.level = 'commune' and s.is_itself)
    else
        s.unit_map = 'as_filed' or not s.is_itself
        or d.figure_on < s.valid_from or d.figure_on >= s.valid_to
        or (s.map_unit_no, d.figure_on) in (select map_unit_no, figure_on from bridged)
end
