-- makes stg.trace_unit
-- reads ref.map_unit, ref.map_share, dw.dim_commune, dw.dim_unit
-- one row per unit of a map and unit whose filings make up its figures: its communes, itself, and the
--   districts of a province
-- why a figure leads to those who filed it
create view stg.trace_unit as
select
    m.unit_map, m.level, m.unit_key, 'commune' as from_level, w.commune_key as from_key,
    c.district_key as from_district, w.weight
from ref.map_unit as m
inner join ref.map_share as w using (map_unit_no)
inner join dw.dim_commune as c using (commune_key)
union all
select 'as_filed', 'commune', c.commune_key, 'commune', c.commune_key, c.district_key, 1::numeric
from dw.dim_commune as c
union all
select m.unit_map, m.level, m.unit_key, m.level, m.unit_key, null::integer, 1::numeric
from ref.map_unit as m
where m.level <> 'commune'
union all
select m.unit_map, m.level, m.unit_key, 'district', d.unit_key, null::integer, 1::numeric
from ref.map_unit as m
inner join dw.dim_unit as p on p.level = m.level and p.unit_key = m.unit_key and not p.is_rest
inner join dw.dim_unit as d
    on d.level = 'district' and not d.is_rest
    and case
        when p.is_on_map and m.unit_map <> 'as_filed' then d.province_id = p.unit_id
        else d.own_province_code = p.unit_code and d.valid_from < p.valid_to
            and d.valid_to > p.valid_from
    end
where m.level = 'province';
