-- Content that is no longer current may be filed again. What was seen in the inboxes, which arrival
-- of its content a filing is, and by which forms, rules and lists the last night read.
alter table raw.filing add column arrival smallint not null default 1 check (arrival > 0);
alter table raw.filing drop constraint filing_content_sha256_part_key;
create unique index filing_of_a_file on raw.filing (content_sha256, arrival) where part = 1;

-- grain: one row per time that a file of an inbox was seen anew: under a new name, with another
-- content, or put there again. What only keeps lying there adds no row.
create table raw.arrival (
    inbox          text collate "C" not null,
    name           text collate "C" not null,
    seen_no        integer not null check (seen_no > 0),
    content_sha256 text not null,
    received_at    timestamptz not null,
    modified_at    timestamptz,
    primary key (inbox, name, seen_no)
);

-- grain: one row, of the last night that read
create table ops.definitions (
    is_only boolean primary key default true check (is_only),
    digest  text not null
);
