-- grain: one row per file that a chunk of a night gave and that nobody has staged yet, in its order
select content from stg.block where chunk = :chunk order by position
