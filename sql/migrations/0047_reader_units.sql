-- What a role limited to units may read, put ready: a question looks up the units of its rows, where it
-- worked out all of the role's each time. Made anew with every change of rights or units, in the same
-- transaction: never behind.

-- one row per role and unit version that it may read of
create table ref.reader_unit (
    role_name text collate "C" not null,
    unit_code text collate "C" not null,
    level text collate "C" not null,
    unit_key integer not null,
    primary key (role_name, unit_code, level, unit_key)
);
create index reader_unit_key on ref.reader_unit (role_name, level, unit_key);

-- Whatever is named to a role, what lay in it at its time and what lies in it on the latest map. One
-- change after another: who waits sees what the one before has committed.
create function ref.keep_reader_units() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
begin
    lock table ref.reader_unit in share row exclusive mode;
    with wanted as materialized (
        select distinct s.role_name, u.unit_code, u.level, u.unit_key
        from dw.dim_unit as u
        cross join lateral (
            values (u.unit_code), (u.own_district_code), (u.own_province_code), (u.district_code),
            (u.province_code)
        ) as place (unit_code)
        inner join ref.reader_scope as s on s.unit_code = place.unit_code
        where not u.is_rest
    ),

    gone as (
        delete from ref.reader_unit as k
        where not exists (
            select from wanted as w
            where
                w.role_name = k.role_name and w.unit_code = k.unit_code and w.level = k.level
                and w.unit_key = k.unit_key
        )
    )

    insert into ref.reader_unit (role_name, unit_code, level, unit_key)
    select w.role_name, w.unit_code, w.level, w.unit_key from wanted as w
    on conflict do nothing;
    return null;
end
$$;
create trigger keep_reader_units after insert or update or delete or truncate on ref.reader_scope
for each statement execute function ref.keep_reader_units();
create trigger keep_reader_units after insert or delete or truncate or update of
level, unit_key, unit_code, is_rest, district_code, province_code, own_district_code,
own_province_code on dw.dim_unit
for each statement execute function ref.keep_reader_units();
update ref.reader_scope set unit_code = unit_code;

-- one row per unit version that the role which asks may read of, or a role that it is a member of
drop view ref.my_unit cascade; -- the schema office is made again after migrations
create view ref.my_unit as
select u.level, u.unit_key, u.unit_code
from ref.reader_unit as u
where u.role_name = any(array(
    select distinct s.role_name
    from ref.reader_scope as s
    where pg_catalog.pg_has_role(pg_catalog.to_regrole(pg_catalog.quote_ident(s.role_name)), 'usage')
));

-- a distinct count of units is read from the index for a limited role too
drop index dw.dim_unit_in_province;
create index dim_unit_in_province on dw.dim_unit (province_name, unit_id) include (is_rest, unit_code)
where is_on_map;
drop index dw.dim_unit_in_district;
create index dim_unit_in_district on dw.dim_unit (province_name, district_name, unit_id)
include (is_rest, unit_code) where is_on_map;
