-- Replaces events and links, and the paths between commune versions that follow from them.
delete from ref.unit_link;
delete from ref.unit_event;
insert into ref.unit_event
select event_id, event_on::date, kind, legal_basis, coalesce(note, '') from seed_unit_event;

insert into ref.unit_link
with ended as (
    select 'commune' as level, commune_key as unit_key, commune_code as code, valid_to as day
    from dw.dim_commune
    union all
    select 'district', district_key, district_code, valid_to from dw.dim_district
    union all
    select 'province', province_key, province_code, valid_to from dw.dim_province
),

begun as (
    select 'commune' as level, commune_key as unit_key, commune_code as code, valid_from as day
    from dw.dim_commune
    union all
    select 'province', province_key, province_code, valid_from from dw.dim_province
)

select
    l.event_id, l.old_level, o.unit_key, l.new_level, n.unit_key, l.link, l.weight::numeric
from seed_unit_link as l
inner join ref.unit_event as e using (event_id)
inner join ended as o on (o.level, o.code, o.day) = (l.old_level, l.old_code, e.event_on)
inner join begun as n on (n.level, n.code, n.day) = (l.new_level, l.new_code, e.event_on);

delete from ref.map_date;
insert into ref.map_date select map_on::date, map_on from seed_unit_map;

delete from ref.unit_path;
insert into ref.unit_path
with recursive step as (
    select old_key, new_key, case link when 'whole' then 1 else weight end as weight
    from ref.unit_link
    where old_level = 'commune' and new_level = 'commune'
),

path as (
    select old_key as from_key, new_key as to_key, weight from step
    union all
    select p.from_key, s.new_key, p.weight * s.weight
    from path as p
    inner join step as s on s.old_key = p.to_key
)

-- a share is known only where every way to it is
select from_key, to_key, case when count(*) = count(weight) then sum(weight) end
from path
group by from_key, to_key;

analyze dw.dim_district;
analyze dw.dim_province;
analyze ref.unit_event;
analyze ref.unit_link;
