-- Who is responsible for what a plan states, and what it asks to be reported: facts without a
-- figure, told in the words of the plan. An agency is an office of one unit; the offices that all
-- units of a level have are named by data (sql/seeds/agency.csv, agency_alias.csv).

create table ref.agency (
    agency_code text primary key,
    level       text check (level in ('commune', 'district', 'province')), -- null: the filer's
    name_vi     text not null,
    name_en     text not null
);

-- one row per agency of a unit version
create table dw.dim_agency (
    agency_key  bigint primary key,
    agency_code text not null,
    level       text not null check (level in ('commune', 'district', 'province')),
    name_vi     text not null,
    name_en     text not null,
    unit_level  text not null check (unit_level in ('commune', 'district', 'province')),
    unit_key    integer not null,
    unit_code   text not null,
    unique (agency_code, unit_level, unit_key)
);

-- grain: one row per agency, role and target, project or task of one filing
create table dw.fact_responsibility (
    filing_id       bigint not null references raw.filing (filing_id) not enforced,
    agency_key      bigint not null references dw.dim_agency not enforced,
    indicator_key   smallint references dw.dim_indicator not enforced,
    level           text not null check (level in ('commune', 'district', 'province')),
    commune_key     integer references dw.dim_commune not enforced,
    district_key    integer references dw.dim_district not enforced,
    province_key    integer not null references dw.dim_province not enforced,
    year_from       smallint not null,
    year            smallint not null references dw.dim_year not enforced,
    role            text not null
        check (role in ('lead', 'works_with', 'owns_investment', 'carries_out')),
    project_code    text,
    task            text not null,
    text_as_printed text not null,
    section         text not null,
    statement_no    text not null,
    document        text not null,
    state           text not null check (state = 'value'),
    sheet           text collate "C" not null,
    cell            text collate "C" not null,
    text_as_filed   text not null,
    check (year_from <= year),
    check ((level = 'commune') = (commune_key is not null)),
    primary key (filing_id, sheet, cell)
);
create index fact_responsibility_place on dw.fact_responsibility (
    level, coalesce(commune_key, district_key, province_key)
);

-- grain: one row per duty to report, or limit of support, of one filing
create table dw.fact_duty (
    filing_id       bigint not null references raw.filing (filing_id) not enforced,
    agency_key      bigint references dw.dim_agency not enforced,
    level           text not null check (level in ('commune', 'district', 'province')),
    commune_key     integer references dw.dim_commune not enforced,
    district_key    integer references dw.dim_district not enforced,
    province_key    integer not null references dw.dim_province not enforced,
    year_from       smallint not null,
    year            smallint not null references dw.dim_year not enforced,
    duty_kind       text not null check (
        duty_kind in ('report', 'plan', 'review', 'evaluation', 'inspection', 'meeting', 'limit')
    ),
    recipient       text not null,
    task            text not null,
    frequency       text check (
        frequency in (
            'once', 'monthly', 'quarterly', 'half_yearly', 'yearly', 'on_occasion', 'regularly',
            'as_prescribed', 'unstated'
        )
    ),
    due_text        text not null,
    project_code    text,
    tracked_form    text,
    text_as_printed text not null,
    section         text not null,
    statement_no    text not null,
    document        text not null,
    state           text not null check (state = 'value'),
    sheet           text collate "C" not null,
    cell            text collate "C" not null,
    text_as_filed   text not null,
    check (year_from <= year),
    check (duty_kind = 'limit' or num_nulls(agency_key, frequency) = 0),
    check ((level = 'commune') = (commune_key is not null)),
    primary key (filing_id, sheet, cell)
);
create index fact_duty_place on dw.fact_duty (
    level, coalesce(commune_key, district_key, province_key)
);
