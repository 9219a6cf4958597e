-- The dimensions of the star, filled from sql/seeds by etl.setup.migrate.

-- grain: one row per province version
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

-- grain: one row per district version
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

-- grain: one row per commune version, with the district and province it belonged to then
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

-- grain: one row per year
create table dw.dim_year (
    year             smallint primary key,
    plan_period      text not null,
    poverty_standard text not null,
    standard_note    text not null
);

-- grain: one row per indicator
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

-- grain: one row per project line and source
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
