-- What PostgreSQL lets everybody do and no reader needs, closed by an administrator in the
-- database khoxa: functions that run a text, write large objects, hold locks or sleep.
do $$
declare
    door regprocedure;
begin
    for door in
        select p.oid
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
            )
    loop
        execute format('revoke execute on function %s from public', door);
    end loop;
end
$$;

-- mails are composed and sent by one run at a time
grant execute on function pg_advisory_xact_lock(bigint), pg_try_advisory_lock(bigint),
pg_advisory_unlock(bigint) to khoxa_loader
