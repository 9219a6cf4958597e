-- What lies in an inbox is listed, and only what is new or changed is read, or fetched.

-- grain: one row per file of an inbox as it was read last: while its size, time and tag (an object
-- store's ETag; of this machine the times, inode and device) are these, its content is
create table ops.fetched (
    inbox          text collate "C" not null,
    name           text collate "C" not null,
    size_bytes     bigint not null,
    modified_at    timestamptz not null,
    tag            text not null,
    content_sha256 text collate "C" not null,
    primary key (inbox, name)
);

-- whether the province's own mail server says that a message is from the address it names
alter table ops.message add column is_vouched boolean not null default false;

-- the page of a night goes out as a mail, too
alter table ops.outbox drop constraint outbox_kind_check;
alter table ops.outbox add constraint outbox_kind_check check (
    kind in ('received', 'returned', 'quarantined', 'reminder', 'weekly', 'nightly')
);
