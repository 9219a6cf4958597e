-- What judging every shape of target needs to know of an indicator, figures that a district or
-- province filed for itself, and the judged targets behind the marts.
alter table dw.dim_indicator
    add column by_standard boolean not null default false,
    add column fall_of text,
    add column each_unit_of text;
alter table dw.agg_indicator add column is_own boolean not null default false;
create index fact_target_place on dw.fact_target (
    (coalesce(commune_key, district_key, province_key)), level
);

-- grain: one row per map and stated target of a unit, or what the communes in it registered in
-- sum
create table dw.agg_target (
    unit_map          text not null,
    level             text not null,
    unit_key          integer not null,
    target_id         text collate "C" not null,
    indicator_key     smallint not null,
    year              smallint not null,
    period            text not null,
    basis             text not null,
    operator          text not null,
    target_value      numeric,
    target_value_high numeric,
    target_exact      numeric,
    unit              text not null,
    text_as_printed   text not null,
    section           text not null,
    filing_id         bigint,
    sheet             text collate "C",
    cell              text collate "C",
    units_expected    integer,
    units_reported    integer,
    quantity          text not null,
    period_type       text not null,
    year_from         smallint not null,
    year_to           smallint not null,
    sub_population    text not null,
    measured_against  text not null,
    is_aspirational   boolean not null,
    total_value       numeric,
    statement_no      text not null,
    component_of      text,
    paired_with       text,
    document          text not null,
    version           integer,
    in_force_from     date,
    in_force_to       date,
    is_current        boolean not null,
    asked_by          text check (asked_by in ('own_plan', 'district', 'province')),
    source            text not null check (source in ('unit', 'list', 'lowest', 'each', 'fall')),
    gathered          text not null check (gathered in ('point', 'year', 'sum', 'average')),
    is_yearly         boolean not null,
    obstacle          text,
    primary key (level, unit_key, unit_map, target_id)
);

-- grain: one row per target about communes one by one, reported period and commune
create table dw.agg_target_commune (
    unit_map      text not null,
    level         text not null,
    unit_key      integer not null,
    target_id     text collate "C" not null,
    actual_year   smallint not null,
    actual_period text not null,
    commune_key   integer not null,
    list_rate     numeric,
    is_listed     boolean,
    numerator     numeric,
    denominator   numeric,
    figure        numeric,
    is_below      boolean,
    primary key (level, unit_key, unit_map, target_id, actual_year, actual_period, commune_key)
);

-- grain: one row per map, target and reported period
create table dw.agg_attainment (
    unit_map         text not null,
    level            text not null,
    unit_key         integer not null,
    target_id        text collate "C" not null,
    year             smallint not null,
    period           text not null,
    operator_read    text not null,
    baseline_value   numeric,
    actual_value     numeric,
    attainment_pct   numeric,
    verdict          text not null check (
        verdict in ('exceeded', 'met', 'not_met', 'on_track', 'behind', 'not_assessable')
    ),
    reason           text not null,
    units_expected   integer,
    units_reported   integer not null,
    actual_total     integer,
    units_needed     integer,
    units_below      integer,
    units_listed     integer,
    due_pct          numeric,
    years_known      integer,
    years_expected   integer,
    variant_value    numeric,
    poverty_standard text not null,
    is_own           boolean not null,
    paired_verdict   text,
    check (verdict <> 'not_assessable' or attainment_pct is null and reason <> ''),
    primary key (level, unit_key, unit_map, target_id, year, period)
);

-- every target is to be judged by the next night
insert into stg.touched (commune_key, district_key, province_key, year)
select commune_key, district_key, province_key, year from dw.fact_target
union
select commune_key, district_key, province_key, year from dw.fact_indicator
on conflict do nothing;
