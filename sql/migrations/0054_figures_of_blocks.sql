-- What a chunk of a night gives stays minutes and is read once: its figures, nearly all of it, stand
-- apart as the lines that staging copies, and are not compressed, which took more than to write them.
-- What an older khoxa read is never taken.
delete from stg.block;

alter table stg.block add column figures text not null;

alter table stg.block alter column figures set storage external;
