-- grain: one row per chunk of these that gave nothing
select unnest(cast(:chunks as text[])) except select chunk from stg.block
