-- grain: one row per file that a chunk gave before: it goes. Two that read it at once, as a task thought
-- to be dead and its second try, come one after the other (what the first gave, only a statement after
-- the lock sees)
select pg_advisory_xact_lock(hashtextextended(:chunk, 0));

delete from stg.block where chunk = :chunk
