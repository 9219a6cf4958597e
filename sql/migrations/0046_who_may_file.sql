-- Who may file for a unit by mail, and where a unit is written to: each said once.

-- For which codes somebody must be let, to file what a filing is: its unit's own, or that of a unit that
-- it lay in on the day of the figures; of a code that no unit had then, itself.
create function ops.filer_codes(f raw.filing) returns text []
stable language sql
return coalesce(
    (
        select array[u.unit_code, u.own_district_code, u.own_province_code]
        from dw.dim_unit as u
        where
            u.level = f.filer_level and u.unit_code = f.filer_code and not u.is_rest
            and f.units_on >= u.valid_from and f.units_on < u.valid_to
    ),
    array[f.filer_code]
);

create or replace view ops.mailed_filing as
select
    f.filing_id, a.filing_id as file_id, a.message_key, a.attachment_no, m.from_address, u.unit_name,
    ops.filer_codes(f) && (m.unit_codes || ref.sender_units(m.from_address)) as is_allowed
from ops.attachment as a
inner join ops.message as m using (message_key)
inner join raw.filing as p on p.filing_id = a.filing_id
inner join raw.filing as f on f.content_sha256 = p.content_sha256 and f.arrival = p.arrival
left join dw.dim_unit as u
    on u.level = f.filer_level and u.unit_code = f.filer_code and not u.is_rest
    and f.units_on >= u.valid_from and f.units_on < u.valid_to
where f.form is not null;

-- grain: one row per unit that can be written to: its office in the contacts, else an address that files
-- for it
create view ref.unit_address as
select distinct on (k.unit_code) k.unit_code, k.to_address, k.is_office
from (
    select unit_code, lower(office_email) as to_address, true as is_office, office as name
    from ref.contact
    where office_email is not null and agency_code is null
    union all
    select unit_code, address, false, address from ref.sender where left(address, 1) <> '@'
) as k
order by k.unit_code, k.is_office desc, k.name;
