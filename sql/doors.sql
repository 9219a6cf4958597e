-- What PostgreSQL lets everybody do and no reader needs, closed by an administrator in the
-- database khoxa: functions that run a text, write large objects, hold locks or sleep. As if
-- they had always been closed (pg_init_privs): pg_dump leaves them out, for who restores a dump
-- is no administrator.
create temporary table door as
select p.oid, p.oid::regprocedure::text as name
from pg_proc as p
where
    p.pronamespace = 'pg_catalog'::regnamespace and p.prokind = 'f'
    and (
        p.proname ~ '^(query|table|schema|database|cursor)_to_xml'
        or p.proname ~ '^(lo_|lo(read|write)$|be_lo_)'
        or p.proname ~ '^pg_(try_)?advisory_'
        or p.proname ~ '^pg_sleep'
        or p.proname in ('ts_stat', 'pg_notify', 'pg_export_snapshot')
        or p.oid = 'ts_rewrite(tsquery, text)'::regprocedure
    );

do $$
declare
    name text;
begin
    for name in select d.name from door as d loop
        execute format('revoke execute on function %s from public', name);
    end loop;
end
$$;

-- mails are composed and sent by one run at a time
grant execute on function pg_advisory_xact_lock(bigint), pg_try_advisory_lock(bigint),
pg_advisory_unlock(bigint) to khoxa_loader;

delete from pg_init_privs
where classoid = 'pg_proc'::regclass and objoid in (select oid from door);
insert into pg_init_privs (objoid, classoid, objsubid, privtype, initprivs)
select p.oid, 'pg_proc'::regclass, 0, 'i', p.proacl
from pg_proc as p
inner join door as d on d.oid = p.oid;
drop table door;
