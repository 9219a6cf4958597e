-- Schemas, the filing register, findings, and the reference tables.
create schema raw;
create schema stg;
create schema ref;
create schema dw;
create schema mart;
create schema ops;

-- grain: one row per received file content
create table raw.filing (
    filing_id      bigint primary key,
    content_sha256 text not null unique,
    original_name  text not null,
    received_at    timestamptz not null,
    state          text not null default 'received'
        check (state in ('received', 'staged', 'checked', 'accepted', 'rejected')),
    form           text,
    form_version   text,
    filer_level    text check (filer_level in ('commune', 'district', 'province')),
    filer_code     text,
    year           smallint,
    period         text check (period in ('H1', 'Y')),
    units_on       date,
    warnings       integer not null default 0,
    version        integer,
    superseded_by  bigint references raw.filing (filing_id),
    check (state <> 'accepted' or (form, filer_code, year, period) is not null)
);
create index filing_key on raw.filing (form, filer_code, year, period);
create index filing_open on raw.filing (state) where state in ('received', 'staged', 'checked');

-- grain: one row per finding
create table ops.finding (
    filing_id  bigint not null references raw.filing (filing_id),
    finding_no integer not null,
    rule       text not null,
    severity   text not null check (severity in ('fail', 'warn')),
    sheet      text not null,
    cell       text not null,
    seen       text not null,
    expected   text not null,
    message_vi text not null,
    message_en text not null,
    fix_vi     text not null,
    fix_en     text not null,
    primary key (filing_id, finding_no)
);

-- grain: one row per form, scope and period that is due
create table ops.calendar (
    form        text not null,
    filer_level text not null check (filer_level in ('commune', 'district', 'province')),
    scope_code  text not null,
    year        smallint not null,
    period      text not null check (period in ('H1', 'Y')),
    due_on      date,
    basis_vi    text not null,
    basis_en    text not null,
    primary key (form, filer_level, scope_code, year, period)
);

-- grain: one row per term of a figure that is added up from others of the same unit
create table ref.derivation (
    indicator_code text not null,
    measure        text not null,
    period         text not null,
    sign           smallint not null check (sign in (-1, 1)),
    part_code      text not null,
    part_measure   text not null,
    part_period    text not null,
    primary key (indicator_code, measure, period, part_code, part_measure, part_period)
);
