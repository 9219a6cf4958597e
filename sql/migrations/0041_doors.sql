-- Which filings were accepted since the last aggregates: where these do not hold, one of them is
-- why, and is set aside.
create table stg.loaded (filing_id bigint primary key);

-- whoever holds it works alone: a night. No reader may lock it, as any could an advisory lock
create table ops.night (is_only boolean primary key default true check (is_only));

-- one row per role that reads only some units, and unit named to it, of any level
create table ref.reader_scope (
    role_name text collate "C" not null,
    unit_code text collate "C" not null,
    primary key (role_name, unit_code)
);

-- one row per unit that the role which asks may read of: those named to it or to a role that it is a
-- member of, and whatever lay in them at its time or lies in them on the latest map
create view ref.my_unit as
with named as (
    select s.unit_code
    from ref.reader_scope as s
    inner join pg_catalog.pg_roles as r on r.rolname = s.role_name
    where pg_catalog.pg_has_role(current_user, r.oid, 'usage')
)

select u.level, u.unit_key, u.unit_code
from dw.dim_unit as u
where
    u.unit_code in (select n.unit_code from named as n)
    or u.own_district_code in (select n.unit_code from named as n)
    or u.own_province_code in (select n.unit_code from named as n)
    or u.district_code in (select n.unit_code from named as n)
    or u.province_code in (select n.unit_code from named as n);

-- a filing is replaced by another, never deleted: who deletes one cannot commit
create function ref.history_is_kept() returns trigger language plpgsql as $$
begin
    raise exception 'permission denied: the register of filings is kept whole'
        using errcode = 'insufficient_privilege';
end
$$;
create constraint trigger history_is_kept after delete on raw.filing
deferrable initially deferred for each row execute function ref.history_is_kept();
