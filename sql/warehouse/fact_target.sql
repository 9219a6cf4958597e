-- one row per target cell of the filings being loaded, with its shape
insert into dw.fact_target (
    filing_id, indicator_key, level, commune_key, district_key, province_key, year, period, basis,
    operator, target_value, target_value_high, unit_of_measure, state, section, text_as_printed,
    sheet, cell, text_as_filed, quantity, period_type, year_from, year_to, sub_population, measured_against,
    is_aspirational, total_value, statement_no, component_of, paired_with, document,
    unit_scope, named_standard, is_inferred, programme_code, unit_as_filed
)
select
    filing_id, indicator_key, level, commune_key, district_key, province_key, year_to, period,
    basis, operator, value, value_high, target_unit, state, section, text_as_printed, sheet, cell,
    text, quantity, period_type, year_from, year_to, sub_population, measured_against,
    is_aspirational, total_value, statement_no, component_of, paired_with, document,
    unit_scope, named_standard, is_inferred, programme_code, unit_as_filed
from bound_target
