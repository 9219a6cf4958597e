-- grain: one row a target cell of the filings being loaded, with its shape
merge into dw.fact_target as t
using bound_target as s on t.filing_id = s.filing_id and t.sheet = s.sheet and t.cell = s.cell
when matched and (
    t.indicator_key, t.commune_key, t.district_key, t.year, t.operator, t.target_value,
    t.target_value_high, t.state, t.unit, t.section, t.text_as_printed, t.text_as_filed,
    t.quantity, t.period_type, t.year_from, t.year_to, t.sub_population, t.measured_against,
    t.is_aspirational, t.total_value, t.statement_no, t.component_of, t.paired_with, t.document
) is distinct from (
    s.indicator_key, s.commune_key, s.district_key, s.year_to, s.operator, s.value,
    s.value_high, s.state, s.target_unit, s.section, s.text_as_printed, s.text,
    s.quantity, s.period_type, s.year_from, s.year_to, s.sub_population, s.measured_against,
    s.is_aspirational, s.total_value, s.statement_no, s.component_of, s.paired_with, s.document
) then update set
    indicator_key = s.indicator_key, commune_key = s.commune_key, district_key = s.district_key,
    year = s.year_to, operator = s.operator, target_value = s.value,
    target_value_high = s.value_high, state = s.state, unit = s.target_unit,
    section = s.section, text_as_printed = s.text_as_printed, text_as_filed = s.text,
    quantity = s.quantity, period_type = s.period_type, year_from = s.year_from,
    year_to = s.year_to, sub_population = s.sub_population,
    measured_against = s.measured_against, is_aspirational = s.is_aspirational,
    total_value = s.total_value, statement_no = s.statement_no, component_of = s.component_of,
    paired_with = s.paired_with, document = s.document
when not matched then insert values (
    s.filing_id, s.indicator_key, s.level, s.commune_key, s.district_key, s.province_key,
    s.year_to, s.period, s.basis, s.operator, s.value, s.value_high, s.target_unit, s.state,
    s.section, s.text_as_printed, s.sheet, s.cell, s.text, s.quantity, s.period_type,
    s.year_from, s.year_to, s.sub_population, s.measured_against, s.is_aspirational,
    s.total_value, s.statement_no, s.component_of, s.paired_with, s.document
)
