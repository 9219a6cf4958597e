-- grain: one row per file that a chunk of a night gave and that nobody has staged yet, in its order
select figures, content from stg.block where chunk = :chunk order by position
