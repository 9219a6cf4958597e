-- Adds to dw.dim_unit what a unit filed and those below it did not, or cannot be split over them. A rest
-- stands beside a district's communes only where these are all of it, so that a district's name has the
-- same communes at all times: elsewhere a rest ends with the districts.
insert into dw.dim_unit (
    unit_id, level, unit_key, unit_code, unit_name, unit_label, unit_type, district_id,
    district_code, district_name, province_id, province_code, province_name, valid_from, valid_to,
    is_on_map, is_rest, sort_order, sort_key, own_district_code, own_district_name,
    own_province_code, own_province_name
)
select
    ref.rest_id(b.level, u.unit_id), b.level, u.unit_key, u.unit_code,
    n.name, format('Chưa chia theo %s: %s', b.said, u.unit_label), '', u.district_id,
    u.district_code, coalesce(case when p.is_exact then u.district_name end, n.name), u.province_id,
    u.province_code, u.province_name, u.valid_from, u.valid_to, true, true, 1000000 + u.sort_order, u.sort_key, u.own_district_code,
    u.own_district_name, u.own_province_code, u.own_province_name
from dw.dim_unit as u
inner join (
    values ('commune', 'district', 'xã'), ('district', 'province', 'huyện'),
    ('commune', 'province', 'xã')
) as b (level, parent, said) on b.parent = u.level
inner join ref.map_unit as p
    on (p.level, p.unit_key) = (u.level, u.unit_key)
    and p.unit_map = (select unit_map from ref.map_date order by map_on desc limit 1)
cross join lateral (select format('Chưa chia theo %s: %s', b.said, u.unit_name) as name) as n;

-- two of one name, place and time are told apart by their codes
update dw.dim_unit as u
set unit_label = u.unit_label || ', mã ' || u.unit_code
from (
    select unit_label from dw.dim_unit group by unit_label having count(*) > 1
) as twice
where twice.unit_label = u.unit_label;

analyze dw.dim_unit;
