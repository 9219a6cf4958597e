-- The filing register, staging, the star, and what a night leaves behind. Views: sql/marts.
create schema raw;
create schema stg;
create schema ref;
create schema dw;
create schema mart;
create schema ops;

-- grain: one row a received file content
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

-- grain: one row a finding
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

-- grain: one row a form, scope and period that is due
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

-- grain: one row a term of a figure that is added up from others of the same unit
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

-- grain: one row a province version
create table dw.dim_province (
    province_key  integer primary key,
    province_code text not null,
    province_name text not null,
    unit_type     text not null,
    valid_from    date not null,
    valid_to      date not null,
    sort_key      text not null,
    unique (province_code, valid_from),
    check (valid_from < valid_to)
);

-- grain: one row a district version
create table dw.dim_district (
    district_key  integer primary key,
    district_code text not null,
    district_name text not null,
    unit_type     text not null,
    valid_from    date not null,
    valid_to      date not null,
    sort_key      text not null,
    province_key  integer not null references dw.dim_province,
    unique (district_code, valid_from),
    check (valid_from < valid_to)
);

-- grain: one row a commune version, with the district and province it belonged to then
create table dw.dim_commune (
    commune_key   integer primary key,
    commune_code  text not null,
    commune_name  text not null,
    unit_type     text not null,
    valid_from    date not null,
    valid_to      date not null,
    sort_key      text not null,
    district_key  integer references dw.dim_district,
    province_key  integer not null references dw.dim_province,
    unique (commune_code, valid_from),
    check (valid_from < valid_to)
);
create index dim_commune_district on dw.dim_commune (district_key);
create index dim_commune_province on dw.dim_commune (province_key);

-- grain: one row a year
create table dw.dim_year (
    year             smallint primary key,
    plan_period      text not null,
    poverty_standard text not null,
    standard_note    text not null
);

-- grain: one row an indicator
create table dw.dim_indicator (
    indicator_key       smallint primary key,
    indicator_code      text not null unique,
    name_vi             text not null,
    name_en             text not null,
    unit                text not null,
    kind                text not null check (kind in ('count', 'rate')),
    numerator_code      text,
    denominator_code    text,
    denominator_measure text check (denominator_measure in ('same', 'opening')),
    flow                text not null check (flow in ('stock', 'flow')),
    direction           text not null check (direction in ('up', 'down', 'none')),
    decimals            smallint not null,
    definition_vi       text not null,
    definition_en       text not null
);

-- grain: one row a project line and source
create table dw.dim_fund (
    fund_key      smallint primary key,
    programme     text not null,
    project       text not null,
    sub_project   text,
    project_code  text not null,
    source        text not null,
    project_vi    text not null,
    project_en    text not null,
    source_vi     text not null,
    source_en     text not null,
    unique (programme, project_code, source)
);
