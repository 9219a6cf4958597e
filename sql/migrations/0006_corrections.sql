-- Corrections as data (sql/seeds/corrections.yaml), and what an indicator's yearly change may be.

-- grain: one row per row of the corrections file, as of the latest night
create table ref.correction (
    form         text not null,
    unit_code    text not null,
    year         smallint not null,
    period       text not null check (period in ('H1', 'Y')),
    sheet        text collate "C" not null,
    cell         text collate "C" not null,
    guard        text not null,
    value        numeric not null,
    reason       text not null,
    told         text not null,
    corrected_on date not null,
    corrected_by text not null,
    state        text not null default 'waiting'
        check (state in ('waiting', 'applied', 'failed')),
    problem      text check (problem in ('differs', 'superseded', 'no_figure', 'not_whole')),
    seen         text not null default '',
    check ((state = 'failed') = (problem is not null)),
    primary key (form, unit_code, year, period, sheet, cell)
);

-- grain: one row per correction and filing that it is about
create table ops.correction_use (
    filing_id bigint not null references raw.filing (filing_id),
    sheet     text collate "C" not null,
    cell      text collate "C" not null,
    outcome   text not null
        check (outcome in ('applied', 'differs', 'no_figure', 'not_whole')),
    seen      text not null,
    primary key (filing_id, sheet, cell)
);

alter table dw.dim_indicator add column jump_pct numeric check (jump_pct > 0);
