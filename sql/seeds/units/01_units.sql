-- Upserts the dated units, their events and links from the seed_* tables that etl.setup.migrate copied.
-- A version is known by its code and first day; keys never change.
update dw.dim_province as d
set
    valid_to = coalesce(s.valid_to::date, 'infinity'), province_name = s.name,
    unit_type = s.unit_type, sort_key = s.sort_key, legal_basis = coalesce(s.legal_basis, '')
from seed_province as s
where
    d.province_code = s.code and d.valid_from = s.valid_from::date
    and (d.valid_to, d.province_name, d.unit_type, d.sort_key, d.legal_basis) is distinct from (
        coalesce(s.valid_to::date, 'infinity'), s.name, s.unit_type, s.sort_key,
        coalesce(s.legal_basis, '')
    );

insert into dw.dim_province
select
    (select coalesce(max(province_key), 0) from dw.dim_province)
    + row_number() over (order by s.valid_from, s.code),
    s.code, s.name, s.unit_type, s.valid_from::date,
    coalesce(s.valid_to::date, 'infinity'), s.sort_key, coalesce(s.legal_basis, '')
from seed_province as s
where not exists (
    select from dw.dim_province as d
    where d.province_code = s.code and d.valid_from = s.valid_from::date
);

update dw.dim_district as d
set
    valid_to = coalesce(s.valid_to::date, 'infinity'), district_name = s.name,
    unit_type = s.unit_type, sort_key = s.sort_key, legal_basis = coalesce(s.legal_basis, '')
from seed_district as s
where
    d.district_code = s.code and d.valid_from = s.valid_from::date
    and (d.valid_to, d.district_name, d.unit_type, d.sort_key, d.legal_basis) is distinct from (
        coalesce(s.valid_to::date, 'infinity'), s.name, s.unit_type, s.sort_key,
        coalesce(s.legal_basis, '')
    );

insert into dw.dim_district
select
    (select coalesce(max(district_key), 0) from dw.dim_district)
    + row_number() over (order by s.valid_from, s.code),
    s.code, s.name, s.unit_type, s.valid_from::date,
    coalesce(s.valid_to::date, 'infinity'), s.sort_key, p.province_key,
    coalesce(s.legal_basis, '')
from seed_district as s
inner join dw.dim_province as p
    on p.province_code = s.province_code
    and s.valid_from::date >= p.valid_from and s.valid_from::date < p.valid_to
where not exists (
    select from dw.dim_district as d
    where d.district_code = s.code and d.valid_from = s.valid_from::date
);

-- of another type than they were: what counts only xã, thị trấn or phường is to be counted again
create temporary table retyped on commit drop as
select c.commune_key
from dw.dim_commune as c
inner join seed_commune as s on s.code = c.commune_code and s.valid_from::date = c.valid_from
where c.unit_type <> s.unit_type;

update dw.dim_commune as c
set
    valid_to = coalesce(s.valid_to::date, 'infinity'), commune_name = s.name,
    unit_type = s.unit_type, sort_key = s.sort_key, legal_basis = coalesce(s.legal_basis, '')
from seed_commune as s
where
    c.commune_code = s.code and c.valid_from = s.valid_from::date
    and (c.valid_to, c.commune_name, c.unit_type, c.sort_key, c.legal_basis) is distinct from (
        coalesce(s.valid_to::date, 'infinity'), s.name, s.unit_type, s.sort_key,
        coalesce(s.legal_basis, '')
    );

insert into dw.dim_commune
select
    (select coalesce(max(commune_key), 0) from dw.dim_commune)
    + row_number() over (order by s.valid_from, s.code),
    s.code, s.name, s.unit_type, s.valid_from::date,
    coalesce(s.valid_to::date, 'infinity'), s.sort_key, d.district_key, p.province_key,
    coalesce(s.legal_basis, '')
from seed_commune as s
inner join dw.dim_province as p
    on p.province_code = s.province_code
    and s.valid_from::date >= p.valid_from and s.valid_from::date < p.valid_to
left join dw.dim_district as d
    on d.district_code = s.district_code
    and s.valid_from::date >= d.valid_from and s.valid_from::date < d.valid_to
where not exists (
    select from dw.dim_commune as c
    where c.commune_code = s.code and c.valid_from = s.valid_from::date
);
