-- Reading may be shared out to several machines, and a part of it may be lost: what stands accepted
-- stays so until it has been read anew.

-- grain: one row per accepted or rejected filing that is to be read again
create table stg.reopened (
    filing_id bigint primary key references raw.filing on delete cascade
);

-- grain: one row per file that a chunk of a night has read and that nobody has staged yet; `content`
-- is what it gave (etl.ground.records.Block), as JSON
create table stg.block (
    chunk text not null,
    position integer not null,
    content text not null,
    primary key (chunk, position)
);
