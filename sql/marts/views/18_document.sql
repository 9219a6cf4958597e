-- makes mart.document
-- reads mart.listed_text
-- one row per document that a list of a current filing names
-- why documents are found by number, day and title, whichever form listed them
create view mart.document as
select
    level, unit_code, unit_name, province_name, year_from, year_to, period, programme_code, form,
    list_code,
    max(value_text) filter (where word_code = 'document_no') as document_no,
    max(value_date) filter (where word_code = 'issued_on') as issued_on,
    max(value_text) filter (where word_code = 'abstract') as abstract,
    max(file) as file, max(sheet) as sheet,
    max(cell) filter (where word_code = 'document_no') as cell, row_no, filing_id, unit_key,
    max(sort_key) as sort_key
from mart.listed_text
group by
    level, unit_code, unit_name, province_name, year_from, year_to, period, programme_code, form,
    list_code, row_no, filing_id, unit_key
having bool_or(word_code = 'document_no');
