-- one row per agency, role and target, project or task of the filings being loaded
insert into dw.fact_responsibility (
    filing_id, agency_key, indicator_key, level, commune_key, district_key, province_key,
    year_from, year, role, project_code, task, text_as_printed, section, statement_no, document,
    state, sheet, cell, text_as_filed, programme_code, is_whole_programme
)
select
    b.filing_id, a.agency_key, b.indicator_key, b.level, b.commune_key, b.district_key,
    b.province_key, b.year, b.last_year, b.role, b.project_code, b.task, b.text_as_printed,
    b.section, b.statement_no, b.document, b.state, b.sheet, b.cell, b.text,
    b.programme_code, b.is_whole_programme
from bound_words as b
left join dw.dim_agency as a
    on a.agency_code = b.agency_code and a.unit_level = b.unit_level and a.unit_key = b.unit_key
where b.kind = 'responsibility'
