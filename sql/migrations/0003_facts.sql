-- Facts with their provenance.
-- Foreign keys of facts are declared and not enforced: the load looks every key up in its
-- dimension, sql/checks/orphan_fact.sql proves it each night, and a million rows load in seconds.

-- grain: one row per indicator, unit, year, period and measure of one filing
create table dw.fact_indicator (
    filing_id     bigint not null references raw.filing (filing_id) not enforced,
    indicator_key smallint not null references dw.dim_indicator not enforced,
    level         text not null check (level in ('commune', 'district', 'province')),
    commune_key   integer references dw.dim_commune not enforced,
    district_key  integer references dw.dim_district not enforced,
    province_key  integer not null references dw.dim_province not enforced,
    year          smallint not null references dw.dim_year not enforced,
    period        text not null check (period in ('OPEN', 'H1', 'Y')),
    measure       text not null check (measure in ('baseline', 'target', 'actual')),
    value         numeric,
    state         text not null
        check (state in ('value', 'blank', 'not_applicable', 'unreadable')),
    sheet         text collate "C" not null,
    cell          text collate "C" not null,
    text_as_filed text not null,
    check ((state = 'value') = (value is not null)),
    check ((level = 'commune') = (commune_key is not null)),
    primary key (filing_id, sheet, cell)
);
create index fact_indicator_unit on dw.fact_indicator (commune_key, year);

-- grain: one row per project line, source, stage, unit, year and period of one filing
create table dw.fact_fund (
    filing_id          bigint not null references raw.filing (filing_id) not enforced,
    fund_key           smallint not null references dw.dim_fund not enforced,
    level              text not null check (level in ('commune', 'district', 'province')),
    commune_key        integer references dw.dim_commune not enforced,
    district_key       integer references dw.dim_district not enforced,
    province_key       integer not null references dw.dim_province not enforced,
    year               smallint not null references dw.dim_year not enforced,
    period             text not null check (period in ('H1', 'Y')),
    stage              text not null check (stage in ('need', 'plan', 'allocated', 'disbursed')),
    amount_million_vnd numeric,
    state              text not null
        check (state in ('value', 'blank', 'not_applicable', 'unreadable')),
    sheet              text collate "C" not null,
    cell               text collate "C" not null,
    text_as_filed      text not null,
    check ((state = 'value') = (amount_million_vnd is not null)),
    check ((level = 'commune') = (commune_key is not null)),
    primary key (filing_id, sheet, cell)
);
create index fact_fund_unit on dw.fact_fund (commune_key, year);
create index fact_fund_district on dw.fact_fund (province_key, year) where level = 'district';

-- grain: one row per stated target of one filing
create table dw.fact_target (
    filing_id         bigint not null references raw.filing (filing_id) not enforced,
    indicator_key     smallint not null references dw.dim_indicator not enforced,
    level             text not null check (level in ('commune', 'district', 'province')),
    commune_key       integer references dw.dim_commune not enforced,
    district_key      integer references dw.dim_district not enforced,
    province_key      integer not null references dw.dim_province not enforced,
    year              smallint not null references dw.dim_year not enforced,
    period            text not null check (period in ('OPEN', 'H1', 'Y')),
    basis             text not null check (basis in ('assigned', 'registered')),
    operator          text not null check (operator in ('=', '>=', '>', '<=', '<', '~', 'between')),
    target_value      numeric,
    target_value_high numeric,
    unit              text not null,
    state             text not null
        check (state in ('value', 'blank', 'not_applicable', 'unreadable')),
    section           text not null,
    text_as_printed   text not null,
    sheet             text collate "C" not null,
    cell              text collate "C" not null,
    text_as_filed     text not null,
    check ((state = 'value') = (target_value is not null)),
    check ((operator = 'between') = (target_value_high is not null)),
    check ((level = 'commune') = (commune_key is not null)),
    primary key (filing_id, sheet, cell)
);
create index fact_target_unit on dw.fact_target (commune_key, year);
