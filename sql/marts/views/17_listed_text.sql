-- makes mart.listed_text
-- reads dw.fact_text, raw.current_filing, raw.filing, mart.unit
-- one row per cell of a list of texts that a current filing holds
-- why lists of documents and the like are read as they were filed, each word with its cell
create view mart.listed_text as
select
    f.level, u.unit_code, u.unit_name, u.province_name, f.year_from, f.year as year_to, f.period,
    f.programme_code, g.form, f.list_code, f.row_no, f.word_code, f.value_text, f.value_date,
    f.state, f.text_as_filed, g.original_name as file, f.sheet, f.cell, f.filing_id, u.unit_key,
    u.sort_key
from dw.fact_text as f
inner join raw.current_filing using (filing_id)
inner join raw.filing as g using (filing_id)
inner join mart.unit as u
    on u.level = f.level and u.unit_key = coalesce(f.commune_key, f.district_key, f.province_key);
