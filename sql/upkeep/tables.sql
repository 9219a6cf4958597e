-- grain: one row per table of the warehouse
select format('%I.%I', n.nspname, c.relname) as table_name
from pg_class as c
inner join pg_namespace as n on n.oid = c.relnamespace
where n.nspname in ('raw', 'stg', 'ref', 'dw', 'ops') and c.relkind in ('r', 'p')
order by 1
