-- grain: one row per table and view that sql/comments.yaml explains
select
    n.nspname || '.' || c.relname as relation,
    case c.relkind when 'v' then 'view' else 'table' end as kind
from pg_class as c
inner join pg_namespace as n on c.relnamespace = n.oid
where n.nspname in ('dw', 'mart') and c.relkind in ('r', 'v')
