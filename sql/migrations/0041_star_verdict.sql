-- Verdicts made for counting: of all who ask the same of a unit, whose word its verdict of a year is by.

-- grain: one row per unit on the latest map, target and year, at the latest period reported;
-- is_official: the one of those that ask the same whose verdict counts
create table dw.star_verdict (
    level         text not null,
    unit_id       integer not null,
    year          smallint not null,
    target_id     text collate "C" not null,
    period        text not null,
    indicator_key smallint not null,
    is_official   boolean not null,
    primary key (unit_id, year, target_id)
);
create index star_verdict_indicator on dw.star_verdict (indicator_key, level, year);

-- a project by its code, in words: Dự án 3 - Tiểu dự án 1; null for a code of another kind
create function ref.project_words(project_code text) returns text
immutable parallel safe language sql
return case
    when project_code ~ '^DA[0-9]+(-TDA[0-9]+)?$'
        then replace(replace(project_code, '-TDA', ' - Tiểu dự án '), 'DA', 'Dự án ')
end;

-- what is there is put ready by the next night
insert into stg.touched (commune_key, district_key, province_key, year)
select distinct commune_key, district_key, province_key, year from dw.fact_indicator
union
select distinct commune_key, district_key, province_key, year from dw.fact_target
on conflict do nothing;
