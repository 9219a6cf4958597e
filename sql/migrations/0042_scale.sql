-- The marts made for dragging answer within a tenth of a second over a whole country: verdicts on the
-- latest map are put ready by each night.
drop view if exists stg.star_verdict cascade;

-- grain: one row per target of a unit on the latest map and year: its verdict at the latest period
-- reported
create table dw.star_verdict (
    level           text not null,
    unit_id         integer not null,
    year            smallint not null,
    period          text not null,
    indicator_key   smallint not null,
    programme_code  text,
    target_id       text collate "C" not null,
    basis           text not null,
    asked_by        text,
    text_as_printed text not null,
    unit_of_measure text not null,
    target_value    numeric,
    actual_value    numeric,
    remaining_value numeric,
    attainment_pct  numeric,
    due_pct         numeric,
    verdict         text not null,
    reason          text not null,
    units_expected  integer,
    units_reported  integer not null,
    year_from       smallint not null,
    year_to         smallint not null,
    document        text not null,
    statement_no    text not null,
    filing_id       bigint, -- null: a sum
    is_official     boolean not null, -- of all who ask the same, the one whose verdict counts
    is_illustrative boolean not null default false,
    primary key (unit_id, year, target_id, period)
);
create index star_verdict_year on dw.star_verdict (level, year, indicator_key);

-- the trace of one indicator looks at its own parts alone; migrate fills the table again
delete from ref.figure_part;
alter table ref.figure_part
    add column indicator_code text not null,
    add column part_code text not null;
-- of what a unit filed itself, the figures that say the same lie together
drop index dw.fact_indicator_own;
create index fact_indicator_own on dw.fact_indicator (
    level, coalesce(commune_key, district_key, province_key), indicator_key, year, period, measure
) where commune_key is null;

-- what is there is put ready by the next night
insert into stg.touched (commune_key, district_key, province_key, year)
select distinct commune_key, district_key, province_key, year from dw.fact_indicator
union
select distinct commune_key, district_key, province_key, year from dw.fact_target
on conflict do nothing;
