-- grain: one row per view of the schema mart, with its columns in order
select
    c.relname as mart,
    array_agg(cast(a.attname as text) order by a.attnum) as columns
from pg_class as c
inner join pg_attribute as a on c.oid = a.attrelid and a.attnum > 0
where
    c.relnamespace = cast('mart' as regnamespace)
    and c.relkind = 'v'
    and not a.attisdropped
group by c.relname
order by c.relname
