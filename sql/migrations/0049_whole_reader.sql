-- A role whose units are all that there are asks the marts made for dragging as they are (schema
-- `whole`, made by etl/setup/office.py), without a look at each row: a limit costs it time and keeps
-- nothing back. Decided anew with every change of rights or units, in the same transaction: a unit
-- that is added later closes the schema to whoever may not read it.
create schema whole;

-- Every change of rights or units puts ref.reader_unit right, which fires this, and holds its lock.
create function ref.open_whole() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
declare
    door record;
begin
    for door in
        with reader as (
            select
                r.oid,
                r.rolname,
                exists (select from ref.reader_unit as k where k.role_name = r.rolname)
                and not exists (
                    select from dw.dim_unit as u
                    where
                        not u.is_rest and not exists (
                            select from ref.reader_unit as k
                            where
                                k.role_name = r.rolname and k.level = u.level
                                and k.unit_key = u.unit_key
                        )
                ) as is_whole
            from pg_roles as r
        ),

        opened as (
            select a.grantee
            from pg_namespace as n
            cross join aclexplode(n.nspacl) as a
            where n.nspname = 'whole' and a.grantee <> n.nspowner
        )

        select
            case when r.is_whole then 'grant usage on schema whole to '
            else 'revoke usage on schema whole from ' end || quote_ident(r.rolname) as sentence
        from reader as r
        where r.is_whole <> exists (select from opened as o where o.grantee = r.oid)
    loop
        execute door.sentence;
    end loop;
    return null;
end
$$;
create trigger open_whole after insert on ref.reader_unit
for each statement execute function ref.open_whole();
