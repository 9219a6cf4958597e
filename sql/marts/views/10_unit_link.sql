-- makes mart.unit_link
-- reads ref.unit_link, ref.unit_event, mart.unit
-- one row per unit version that ended and one that came of it
-- why readers see what became of a unit, and on what legal basis
create view mart.unit_link as
select
    e.event_on, e.kind, l.link, l.weight,
    o.level as old_level, o.unit_code as old_code, o.unit_name as old_name,
    o.district_name as old_district_name, o.province_name as old_province_name,
    n.level as new_level, n.unit_code as new_code, n.unit_name as new_name,
    n.district_name as new_district_name, n.province_name as new_province_name,
    e.legal_basis, e.note
from ref.unit_link as l
inner join ref.unit_event as e using (event_id)
inner join mart.unit as o on o.level = l.old_level and o.unit_key = l.old_key
inner join mart.unit as n on n.level = l.new_level and n.unit_key = l.new_key;
