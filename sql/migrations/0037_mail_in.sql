-- What collecting from a mailbox has to remember, and whose filings a message may hold.
alter table ops.not_taken add column way text not null default 'inbox'; -- by which it came
alter table ops.not_taken drop constraint not_taken_pkey;
alter table ops.not_taken add primary key (way, name);

alter table ops.message
add column collected_on date not null, -- Vietnamese time
add column size_bytes bigint not null,
-- which its sender could file for when it was taken: who may no longer does not undo what was filed
add column unit_codes text [] not null default '{}';
create index message_of_a_sender on ops.message (from_address, collected_on);

-- grain: one row per message that lies in a mailbox and was looked at. Only a memory of what need not
-- be fetched again: a server may number its messages anew (uid_validity), and nothing is twice
create table ops.mailbox_place (
    mailbox      text collate "C" not null,
    uid_validity bigint not null,
    uid          bigint not null,
    message_key  text collate "C" not null references ops.message (message_key),
    primary key (mailbox, uid_validity, uid)
);

-- Which units an address may file for: those of its own rows, else those of its domain.
create function ref.sender_units(asked text) returns text [] language sql stable as $$
    select coalesce(
        (select array_agg(unit_code) from ref.sender where address = asked),
        (select array_agg(unit_code) from ref.sender
         where address = '@' || split_part(asked, '@', 2)),
        '{}'
    )
$$;

-- grain: one row per recognised filing that came by mail and message that brought it: whether its
-- sender may file for the filer, that is for the unit itself or for one that it lies in
create view ops.mailed_filing as
select
    f.filing_id, a.filing_id as file_id, a.message_key, a.attachment_no, m.from_address, u.unit_name,
    coalesce(u.codes, array[f.filer_code]) && (m.unit_codes || ref.sender_units(m.from_address)) as is_allowed
from ops.attachment as a
inner join ops.message as m using (message_key)
inner join raw.filing as p on p.filing_id = a.filing_id
inner join raw.filing as f on f.content_sha256 = p.content_sha256 and f.arrival = p.arrival
left join lateral (
    select array[c.commune_code, d.district_code, p.province_code] as codes, c.commune_name as unit_name
    from dw.dim_commune as c
    inner join dw.dim_province as p using (province_key)
    left join dw.dim_district as d using (district_key)
    where
        f.filer_level = 'commune' and c.commune_code = f.filer_code
        and f.units_on >= c.valid_from and f.units_on < c.valid_to
    union all
    select array[d.district_code, p.province_code], d.district_name
    from dw.dim_district as d
    inner join dw.dim_province as p using (province_key)
    where
        f.filer_level = 'district' and d.district_code = f.filer_code
        and f.units_on >= d.valid_from and f.units_on < d.valid_to
    union all
    select array[p.province_code], p.province_name
    from dw.dim_province as p
    where
        f.filer_level = 'province' and p.province_code = f.filer_code
        and f.units_on >= p.valid_from and f.units_on < p.valid_to
) as u on true
where f.form is not null;

-- grain: one row per recognised filing that came by mail and message that brought it; is_allowed: any
-- of its messages may, or the file was put into a folder of the province since it was filed
create view ops.mailed_only as
select
    m.filing_id, m.message_key, m.from_address, coalesce(m.unit_name, f.filer_code) as unit_name,
    bool_or(m.is_allowed) over (partition by m.filing_id)
    or exists (
        select from raw.arrival as a
        where
            a.content_sha256 = f.content_sha256 and a.received_at >= f.received_at
            and not exists (
                select from ops.message as s where s.mailbox || '/' || s.from_address = a.inbox
            )
    ) as is_allowed
from ops.mailed_filing as m
inner join raw.filing as f using (filing_id);
