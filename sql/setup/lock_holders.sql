-- grain: one row per other session that holds anything of the warehouse: its process, role and program, of
-- which every role may know
select
    format(
        'pid %s, %s%s', a.pid, a.usename, coalesce(' (' || nullif(a.application_name, '') || ')', '')
    ) as holder
from pg_stat_activity as a
where
    a.datname = current_database() and a.pid <> pg_backend_pid()
    and a.pid in (
        select l.pid
        from pg_locks as l
        inner join pg_class as c on c.oid = l.relation
        inner join pg_namespace as n on n.oid = c.relnamespace
        where l.granted and n.nspname in ('raw', 'stg', 'ref', 'dw', 'mart', 'ops', 'office', 'whole')
    )
order by a.pid
