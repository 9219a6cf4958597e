-- What comes by mail: who may file for whom, each message a mailbox held, and each file in it.

-- grain: one row per address and unit that it may file for; an address that begins with @ stands for
-- every address of that domain
create table ref.sender (
    address   text collate "C" not null check (address = lower(address)),
    unit_code text not null,
    primary key (address, unit_code)
);

-- grain: one row per message that was collected
create table ops.message (
    message_key  text collate "C" primary key, -- of the mailbox and the Message-ID, or of the whole text
    mailbox      text not null,
    message_id   text not null, -- '' where the message has none
    from_address text not null,
    subject      text not null,
    received_at  timestamptz not null,
    state        text not null check (state in ('taken', 'quarantined', 'ignored')),
    rule         text, -- of expectations/reading.yaml: why it was not taken
    check ((state = 'taken') = (rule is null))
);

-- grain: one row per file of a message; those in a zip are files of their own
create table ops.attachment (
    message_key    text collate "C" not null references ops.message (message_key),
    attachment_no  smallint not null,
    name           text not null,
    content_sha256 text not null,
    filing_id      bigint references raw.filing (filing_id), -- null until it is registered, or not taken
    rule           text, -- why it was not taken
    primary key (message_key, attachment_no)
);
create index attachment_of_filing on ops.attachment (filing_id);
