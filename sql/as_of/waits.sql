-- grain: one row per filing that nobody has decided yet: it waits to be read; and what was decided
-- stands, although it was to be read again and has not been, as after a chunk that was lost
with stands as (
    delete from stg.reopened
)

update raw.filing set state = 'received' where state in ('staged', 'checked') and version is null
