-- The programme of an indicator, a project line, a target and a responsibility is data, and an
-- amount for a whole programme is a flag of its line, not a word among the codes of projects.

-- grain: one row per programme
create table dw.dim_programme (
    programme_code text primary key,
    name_vi        text not null,
    name_en        text not null,
    topic_vi       text not null, -- what its targets are about, in titles
    topic_en       text not null,
    assigned_vi    text not null, -- the title of what communes are assigned
    assigned_en    text not null,
    year_from      smallint not null,
    year_to        smallint not null,
    legal_basis    text not null,
    listed_by      text, -- the rate that lists of its communes are made by ("communes of 40 per cent")
    check (year_from <= year_to)
);

-- grain: one row per programme, place (of an annex, the page, khoxa status) and position in it
create table dw.shown_indicator (
    programme_code text not null references dw.dim_programme,
    place          text not null,
    position       smallint not null,
    indicator_code text not null,
    measure        text not null check (
        measure in ('baseline', 'assigned', 'registered', 'actual', 'verdict')
    ),
    header_vi      text not null,
    header_en      text not null,
    group_vi       text not null,
    group_en       text not null,
    primary key (programme_code, place, position)
);

alter table dw.dim_indicator
    add column programme_code text references dw.dim_programme; -- null: of no programme alone

alter table dw.dim_fund rename column programme to programme_code;
alter table dw.dim_fund
    drop constraint dim_fund_programme_project_code_source_key,
    alter column project drop not null,
    alter column project_code drop not null,
    add column is_whole_programme boolean not null default false;
update dw.dim_fund
set is_whole_programme = true, project = null, project_code = null
where project_code = 'ALL';
alter table dw.dim_fund
    add check (is_whole_programme = (project_code is null)),
    add unique nulls not distinct (programme_code, project_code, source);

alter table stg.slot add column programme_code text;
alter table dw.fact_target add column programme_code text; -- null: that of the indicator
alter table dw.agg_target add column programme_code text;

alter table dw.fact_responsibility
    add column programme_code text,
    add column is_whole_programme boolean not null default false;
alter table dw.fact_duty
    add column programme_code text,
    add column is_whole_programme boolean not null default false;
update dw.fact_responsibility
set
    programme_code = (select min(programme_code) from dw.dim_fund),
    is_whole_programme = project_code is not distinct from 'ALL',
    project_code = nullif(project_code, 'ALL');
update dw.fact_duty
set
    programme_code = (select min(programme_code) from dw.dim_fund),
    is_whole_programme = project_code is not distinct from 'ALL',
    project_code = nullif(project_code, 'ALL');
