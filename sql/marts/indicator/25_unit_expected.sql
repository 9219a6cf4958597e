-- makes unit_expected
-- reads unit_sum, ref.map_share, dw.dim_commune, dw.dim_indicator
-- one row per stale unit of a map, day that its figures are about and scope of units: how many
--   communes it should have figures of, in how many districts
-- why every aggregate says of how many units it should be
create temporary table unit_expected on commit drop as
select
    d.map_unit_no, d.units_on, d.unit_scope, count(*) as units_expected,
    count(distinct c.district_key) as districts_expected
from (
    select distinct s.map_unit_no, s.units_on, i.unit_scope
    from unit_sum as s
    inner join dw.dim_indicator as i using (indicator_key)
) as d
inner join ref.map_share as m using (map_unit_no)
inner join dw.dim_commune as c
    on c.commune_key = m.commune_key and d.units_on >= c.valid_from and d.units_on < c.valid_to
where ref.in_scope(d.unit_scope, c.unit_type)
group by d.map_unit_no, d.units_on, d.unit_scope
