-- makes merged_commune
-- reads stale_unit, commune_figure, ref.map_share, ref.unit_path, dw.dim_commune
-- one row per stale unit of a map, day of a figure, commune created after that day, and scope of
--   units: how many of the unit's communes of the day were merged wholly into it
-- why a commune created later counts as those communes, where it is said how many reported
-- for example: the new Côn Minh (18_counted_elsewhere) files the count of 30 June 2025, the day before
--   it was there: 1 504. Three communes of that day went wholly into it, so communes = 3, and of Na Rì's
--   17 communes 3 have reported, not 1. Of one split in two, nothing went wholly: no row
create temporary table merged_commune on commit drop as
with later as (
    select distinct f.commune_key, f.year, f.figure_on, f.unit_scope
    from commune_figure as f
    inner join dw.dim_commune as c using (commune_key)
    where c.valid_from > f.figure_on
)

select
    s.map_unit_no, l.commune_key, l.figure_on, s.year, l.unit_scope, count(*) as communes
from later as l
inner join ref.map_share as m using (commune_key)
inner join stale_unit as s on s.map_unit_no = m.map_unit_no and s.year = l.year
inner join ref.unit_path as p on p.to_key = l.commune_key and p.weight = 1
inner join dw.dim_commune as o on o.commune_key = p.from_key
inner join ref.map_share as w
    on w.commune_key = p.from_key and w.map_unit_no = s.map_unit_no
where
    l.figure_on >= o.valid_from and l.figure_on < o.valid_to
    and ref.in_scope(l.unit_scope, o.unit_type)
group by s.map_unit_no, l.commune_key, l.figure_on, s.year, l.unit_scope
