-- grain: one row per column of a table or view of the warehouse
select
    table_schema, table_name, column_name, data_type
from information_schema.columns
where table_schema in ('raw', 'stg', 'ref', 'dw', 'mart', 'ops')
