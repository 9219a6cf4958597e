-- grain: one row per role that reads the units of some offices only, and unit named to it
select
    s.role_name, s.unit_code,
    min(u.unit_label) as unit_label
from ref.reader_scope as s
left join dw.dim_unit as u on s.unit_code = u.unit_code and not u.is_rest
group by s.role_name, s.unit_code
order by s.role_name, s.unit_code
