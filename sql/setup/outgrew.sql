-- grain: one row: whether a twentieth of a table changed, or nobody counted its rows yet (reltuples is -1)
select 20 * :changed > c.reltuples as outgrew
from pg_class as c
where c.oid = cast(:table as regclass)
