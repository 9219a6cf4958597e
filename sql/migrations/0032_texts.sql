-- Lists of texts: documents with their number, date and title, and others of the kind. A fact is one
-- cell, as filed; what it says is known by the form's own word for its column.

-- grain: one row per cell of a list of texts of one filing
create table dw.fact_text (
    filing_id      bigint not null references raw.filing (filing_id) not enforced,
    level          text not null check (level in ('commune', 'district', 'province')),
    commune_key    integer references dw.dim_commune not enforced,
    district_key   integer references dw.dim_district not enforced,
    province_key   integer not null references dw.dim_province not enforced,
    year_from      smallint not null,
    year           smallint not null references dw.dim_year not enforced,
    period         text not null,
    programme_code text,
    list_code      text not null, -- the table of the form
    row_no         integer not null, -- of the list, over all its sheets
    word_code      text not null, -- what the cell says
    value_text     text,
    value_date     date,
    state          text not null check (state in ('value', 'blank', 'not_applicable')),
    sheet          text collate "C" not null,
    cell           text collate "C" not null,
    text_as_filed  text not null,
    check ((state = 'value') = (num_nonnulls(value_text, value_date) = 1)),
    check (year_from <= year),
    check ((level = 'commune') = (commune_key is not null)),
    primary key (filing_id, sheet, cell)
);
create index fact_text_place on dw.fact_text (
    level, coalesce(commune_key, district_key, province_key)
);
