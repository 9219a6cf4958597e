-- What was refused is read again once khoxa reads otherwise than the last night did (`reading`, a digest
-- of what reads and judges), and the night says what became of it.
alter table ops.declared
    drop constraint declared_kind_check,
    add check (kind in ('seeds', 'form', 'indicator', 'alias', 'header', 'reading'));

-- grain: one row per file that was refused, wholly or in part, and waits to be read again and decided
create table stg.refused (
    filing_id bigint primary key references raw.filing on delete cascade
);
