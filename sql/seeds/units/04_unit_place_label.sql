-- Fills dw.dim_unit from unit_version. Names and labels begin with the kind of unit; a label says
-- where a unit lay at its time and, of one that ended or came later, from when to when. A district of
-- whose communes some lie in others too by now says so: those that lie in it whole are not all of it.
delete from dw.dim_unit;

insert into dw.dim_unit (
    unit_id, level, unit_key, unit_code, unit_name, unit_label, unit_type, district_id,
    district_code, district_name, province_id, province_code, province_name, valid_from, valid_to,
    is_on_map, is_rest, sort_order, sort_key, own_district_code, own_district_name,
    own_province_code, own_province_name
)
select
    ref.unit_id(v.level, v.unit_key), v.level, v.unit_key, v.unit_code, n.name,
    concat_ws(
        ', ', n.name,
        case when v.level = 'commune' then od.unit_type || ' ' || od.district_name end,
        case when v.level = 'district' or v.own_district is null then op.unit_type || ' ' || op.province_name end
    )
    || case
        when v.valid_to <> 'infinity' and v.valid_from > date '2021-01-01'
            then to_char(v.valid_from, ' ("từ" DD/MM/YYYY ') || to_char(v.valid_to - 1, '"đến" DD/MM/YYYY)')
        when v.valid_to <> 'infinity' then to_char(v.valid_to - 1, ' ("đến" DD/MM/YYYY)')
        when v.valid_from > date '2021-01-01' then to_char(v.valid_from, ' ("từ" DD/MM/YYYY)')
        else ''
    end,
    v.unit_type, ref.unit_id('district', v.district_key), d.district_code,
    d.district_name || case when not e.is_exact then ' (không trọn)' else '' end,
    ref.unit_id('province', v.province_key), p.province_code, p.province_name, v.valid_from,
    v.valid_to, u.map_unit_no is not null, false,
    row_number() over (order by v.sort_key, v.level, v.unit_code, v.valid_from), v.sort_key,
    od.district_code, od.district_name, coalesce(op.province_code, v.unit_code),
    coalesce(op.province_name, v.unit_name)
from unit_version as v
inner join dw.dim_province as p using (province_key)
left join dw.dim_district as d using (district_key)
left join dw.dim_district as od on od.district_key = v.own_district
left join dw.dim_province as op on op.province_key = v.own_province
left join ref.map_unit as u
    on (u.level, u.unit_key) = (v.level, v.unit_key)
    and u.unit_map = (select unit_map from ref.map_date order by map_on desc limit 1)
left join ref.map_unit as e
    on (e.unit_map, e.level, e.unit_key) = (u.unit_map, 'district', v.district_key)
cross join lateral (
    select initcap(left(v.unit_type, 1)) || substr(v.unit_type, 2) || ' ' || v.unit_name as name
) as n;
