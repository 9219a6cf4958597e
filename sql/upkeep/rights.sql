-- grain: one row, the rights that roles have on tables and functions of the warehouse, and in which
-- roles they are
with given as (
    select a.grantee, a.privilege_type, count(*) as relations
    from pg_class as c
    inner join pg_namespace as n on n.oid = c.relnamespace
    cross join lateral aclexplode(c.relacl) as a
    where n.nspname in ('public', 'raw', 'stg', 'ref', 'dw', 'mart', 'ops') and a.grantee <> c.relowner
    group by a.grantee, a.privilege_type
),

said as (
    select
        coalesce(r.rolname, 'public') || ': '
        || string_agg(lower(g.privilege_type) || ' ' || g.relations, ', ' order by g.privilege_type)
        as line
    from given as g
    left join pg_roles as r on r.oid = g.grantee
    group by r.rolname
    union all
    select m.rolname || ' in ' || r.rolname
    from pg_auth_members as a
    inner join pg_roles as r on r.oid = a.roleid
    inner join pg_roles as m on m.oid = a.member
    where r.rolname not like 'pg\_%'
)

select string_agg(line, '; ' order by line) from said
