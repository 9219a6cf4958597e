-- makes mart.agency_contact
-- reads dw.dim_agency, mart.contact
-- one row per agency of a unit that has a contact: its own, else that of its unit
-- why a target that lags shows where the agency that leads it is reached
create view mart.agency_contact as
select distinct on (a.agency_key)
    a.agency_key, a.agency_code, c.level, c.unit_code, c.unit_name, c.office, c.office_phone,
    c.office_email, c.contact
from dw.dim_agency as a
inner join mart.contact as c
    on c.level = a.unit_level and c.unit_code = a.unit_code
    and coalesce(c.agency_code, a.agency_code) = a.agency_code
order by a.agency_key, c.agency_code nulls last, c.office;
