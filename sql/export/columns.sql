-- grain: one row per column of a mart, in order: name, type, and what it is
select
    attname as name,
    format_type(atttypid, atttypmod) as kind,
    col_description(attrelid, attnum) as words
from pg_attribute
where attrelid = cast(:mart as regclass) and attnum > 0 and not attisdropped
order by attnum
