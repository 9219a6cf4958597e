-- The aggregate facts behind the marts, and staging for one night.

-- grain: one row per unit, year, period, measure and indicator, from current filings
create table dw.agg_indicator (
    level              text not null,
    unit_key           integer not null,
    district_key       integer,
    province_key       integer not null,
    year               smallint not null,
    period             text not null,
    measure            text not null,
    indicator_key      smallint not null,
    numerator          numeric,
    denominator        numeric,
    value              numeric,
    units_expected     integer not null,
    units_reported     integer not null,
    districts_expected integer not null,
    districts_reported integer not null,
    primary key (level, unit_key, year, period, measure, indicator_key)
);
create index agg_indicator_parent on dw.agg_indicator (province_key, level);

-- grain: one row per unit, year, period, project line and source, from current filings
create table dw.agg_fund (
    level                 text not null,
    unit_key              integer not null,
    district_key          integer,
    province_key          integer not null,
    year                  smallint not null,
    period                text not null,
    fund_key              smallint not null,
    need_million_vnd      numeric,
    plan_million_vnd      numeric,
    allocated_million_vnd numeric,
    disbursed_million_vnd numeric,
    units_expected        integer not null,
    units_reported        integer not null,
    primary key (level, unit_key, year, period, fund_key)
);
create index agg_fund_parent on dw.agg_fund (province_key, level);

-- grain: one row per slot of a form (what one place on it holds)
create table stg.slot (
    slot_id      integer primary key,
    form         text not null,
    form_version text not null,
    table_name   text not null,
    item         text,
    column_name  text not null,
    kind         text not null,
    code         text,
    source       text,
    stage        text,
    measure      text,
    period       text,
    basis        text,
    unit         text,
    required     boolean not null,
    repeat       boolean not null
);

-- grain: one row per filled or mapped cell of a filing that is being loaded
create table stg.figure (
    filing_id bigint not null,
    slot_id   integer not null,
    row_no    integer not null,
    sheet     text collate "C" not null,
    cell      text collate "C" not null,
    subject   text,
    state     text not null,
    value     numeric,
    code      text,
    text      text not null
);

-- grain: one row per unit and year whose facts changed and whose aggregates are yet to follow
create table stg.touched (
    commune_key  integer,
    district_key integer,
    province_key integer not null,
    year         smallint not null,
    unique nulls not distinct (commune_key, district_key, province_key, year)
);
