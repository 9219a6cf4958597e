-- What goes back by mail: each mail to be sent exactly once, and which filing was told what.

-- grain: one row per mail; what makes it the only one of its kind is its key
create table ops.outbox (
    mail_no      bigint generated always as identity primary key,
    mail_key     text collate "C" not null unique,
    kind         text not null check (
        kind in ('received', 'returned', 'quarantined', 'reminder', 'weekly')
    ),
    level        text,
    unit_code    text, -- whom it is about; null: nobody that is known
    message_key  text collate "C", -- of ops.message: what it answers
    to_address   text not null,
    message_id   text not null unique, -- fixed before the first attempt, the same in every further one
    subject      text not null,
    body         text not null,
    content      bytea, -- the whole mail, its files too; null once it has left or was given up
    composed_at  timestamptz not null,
    state        text not null default 'waiting'
        check (state in ('waiting', 'sending', 'sent', 'written', 'failed')),
    tries        smallint not null default 0, -- attempts that the mail server answered with "later"
    cuts         smallint not null default 0, -- attempts that broke off: nobody knows whether it went
    next_try_at  timestamptz not null,
    last_error   text not null default '',
    sent_at      timestamptz,
    check (content is not null or state in ('sent', 'written', 'failed'))
);
create index outbox_waiting on ops.outbox (next_try_at) where state in ('waiting', 'sending');
create index outbox_of_message on ops.outbox (message_key);

-- grain: one row per filing and time that somebody was told of it; not tied to the register, where a
-- file that is read again may lose a filing and get it back
create table ops.told (
    filing_id bigint not null,
    told_no   integer not null check (told_no > 0),
    mail_key  text collate "C" not null references ops.outbox (mail_key),
    verdict   text not null check (verdict in ('accepted', 'rejected')),
    primary key (filing_id, told_no)
);

-- What a filer can be told of a filing; null while it is on its way. One that is checked is loaded
-- by the next night.
create function ops.verdict(f raw.filing) returns text
stable language sql
return case f.state
    when 'checked' then case
        when
            f.form is null or exists (
                select from ops.finding as n where n.filing_id = f.filing_id and n.severity = 'fail'
            )
            then 'rejected'
        else 'accepted'
    end
    when 'accepted' then 'accepted'
    when 'rejected' then 'rejected'
end;
