-- makes mart.contact
-- reads ref.contact, mart.unit
-- one row per unit, in its newest version, and office of it that can be reached
-- why whoever sees a late filing sees whom to call, and nobody's name
create view mart.contact as
select
    u.level, u.unit_code, u.unit_name, u.province_name, c.office, c.agency_code, c.office_phone,
    c.office_email,
    c.office || coalesce(' (' || nullif(concat_ws(', ', c.office_phone, c.office_email), '') || ')', '')
    as contact, u.unit_key, u.sort_key
from ref.contact as c
inner join (
    select distinct on (level, unit_code)
        level, unit_code, unit_name, province_name, unit_key, sort_key
    from mart.unit
    where unit_code in (select k.unit_code from ref.contact as k)
    order by level, unit_code, valid_from desc
) as u using (unit_code);
