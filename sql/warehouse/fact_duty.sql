-- one row per duty, or limit of support, of the filings being loaded
insert into dw.fact_duty (
    filing_id, agency_key, level, commune_key, district_key, province_key, year_from, year,
    duty_kind, recipient, task, frequency, due_text, project_code, tracked_form, text_as_printed,
    section, statement_no, document, state, sheet, cell, text_as_filed,
    programme_code, is_whole_programme
)
select
    b.filing_id, a.agency_key, b.level, b.commune_key, b.district_key, b.province_key, b.year,
    b.last_year, b.duty_kind, b.recipient, b.task, b.frequency, b.due_text, b.project_code,
    b.tracked_form, b.text_as_printed, b.section, b.statement_no, b.document, b.state, b.sheet,
    b.cell, b.text, b.programme_code, b.is_whole_programme
from bound_words as b
left join dw.dim_agency as a
    on a.agency_code = b.agency_code and a.unit_level = b.unit_level and a.unit_key = b.unit_key
where b.kind = 'duty'
