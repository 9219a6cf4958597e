-- grain: one row per column of these (relations.sql)
select
    table_schema || '.' || table_name as relation,
    column_name
from information_schema.columns
where table_schema in ('dw', 'mart')
