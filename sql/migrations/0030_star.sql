-- Marts made for dragging: every unit with its place on the latest map, and its figures there, put
-- ready by each night for the provinces that it touches.

-- one number for a unit of any level, and for what of it those of a level below have no part of
create function ref.unit_id(level text, unit_key integer) returns integer
immutable parallel safe language sql
return unit_key * 4 + case level when 'province' then 1 when 'district' then 2 else 3 end;

create function ref.rest_id(level text, unit_id integer) returns integer
immutable parallel safe language sql
return -(unit_id * 2 + case level when 'district' then 1 else 0 end);

-- grain: one row per unit version of any level, and rest of a unit that is not split over those
-- below it; its province and district are those of the latest map, where it is on it
create table dw.dim_unit (
    unit_id       integer primary key,
    level         text not null check (level in ('commune', 'district', 'province')),
    unit_key      integer not null,
    unit_code     text not null,
    unit_name     text not null,
    unit_label    text not null,
    unit_type     text not null,
    district_id   integer,
    district_code text,
    district_name text,
    province_id   integer not null,
    province_code text not null,
    province_name text not null,
    valid_from    date not null,
    valid_to      date not null,
    is_on_map     boolean not null,
    is_rest       boolean not null,
    sort_order    integer not null,
    sort_key      text not null,
    own_district_code text, -- as it was at its time
    own_district_name text,
    own_province_code text not null,
    own_province_name text not null
);
create index dim_unit_code on dw.dim_unit (unit_code, level);
create index dim_unit_own_district on dw.dim_unit (own_district_code, level);
create index dim_unit_own_province on dw.dim_unit (own_province_code, level);
create index dim_unit_of_province on dw.dim_unit (province_id) where is_on_map;
create unique index dim_unit_key on dw.dim_unit (level, unit_key) where not is_rest;

-- grain: one row per unit on the latest map, year, period and indicator: what was reached by the end
-- of the period; of OPEN what there was at the start
create table dw.star_period (
    level          text not null,
    unit_id        integer not null,
    province_id    integer not null,
    year           smallint not null,
    period         text not null,
    indicator_key  smallint not null,
    numerator      numeric,
    denominator    numeric,
    value          numeric,
    units_expected integer,
    units_reported integer not null,
    reason         text not null,
    is_self_filed  boolean not null,
    primary key (indicator_key, level, year, period, unit_id)
);
create index star_period_province on dw.star_period (province_id, year);

-- grain: one row per unit on the latest map, year and indicator: what was reached by the latest
-- period that most of the province is known of, and what else is said of the year
create table dw.star_year (
    level          text not null,
    unit_id        integer not null,
    province_id    integer not null,
    year           smallint not null,
    indicator_key  smallint not null,
    period         text,
    numerator      numeric,
    denominator    numeric,
    value          numeric,
    units_expected integer,
    units_reported integer not null,
    reason         text not null,
    is_self_filed  boolean not null,
    opening        numeric,
    assigned       numeric,
    registered     numeric,
    preliminary    numeric,
    estimate       numeric,
    plan_next      numeric,
    primary key (indicator_key, level, year, unit_id)
);
create index star_year_province on dw.star_year (province_id, year);

-- grain: one row per unit on the latest map, year, period and line of money; is_of_year: of the one
-- period that the year is known by
create table dw.star_fund (
    level                 text not null,
    unit_id               integer not null,
    province_id           integer not null,
    year                  smallint not null,
    period                text not null,
    fund_key              smallint not null,
    need_million_vnd      numeric,
    plan_million_vnd      numeric,
    allocated_million_vnd numeric,
    disbursed_million_vnd numeric,
    mobilised_million_vnd numeric,
    units_expected        integer,
    units_reported        integer not null,
    is_of_year            boolean not null,
    primary key (level, year, period, fund_key, unit_id)
);
create index star_fund_province on dw.star_fund (province_id, year);

-- what is there is put ready by the next night
insert into stg.touched (commune_key, district_key, province_key, year)
select distinct commune_key, district_key, province_key, year from dw.fact_indicator
union
select distinct commune_key, district_key, province_key, year from dw.fact_target
union
select distinct commune_key, district_key, province_key, year from dw.fact_fund
on conflict do nothing;

-- grain: one row per kind of code that the marts show and code: its words
create table dw.word (
    kind    text not null,
    code    text not null,
    word_vi text not null,
    word_en text not null,
    primary key (kind, code)
);
