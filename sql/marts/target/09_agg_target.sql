-- makes dw.agg_target
-- reads stated_target, target_shape
-- one row per target of a stale map unit, with its shape as read
-- why readers and the verdicts see the same reading
insert into dw.agg_target (
    unit_map, level, unit_key, target_id, indicator_key, year, period, basis, operator,
    target_value, target_value_high, target_exact, unit_of_measure, text_as_printed, section,
    filing_id, sheet, cell, units_expected, units_reported, quantity, period_type, year_from,
    year_to, sub_population, unit_scope, measured_against, is_aspirational, total_value,
    statement_no, component_of, paired_with, document, version, in_force_from, in_force_to,
    is_current, asked_by, judged_by, gathered, is_yearly, obstacle, is_inferred, named_standard,
    programme_code
)
select
    t.unit_map, t.level, t.unit_key, t.target_id, t.indicator_key, t.year, t.period, t.basis,
    t.operator, t.target_value, t.target_value_high, t.target_exact, t.unit_of_measure,
    t.text_as_printed, t.section, t.filing_id, t.sheet, t.cell, t.units_expected, t.units_reported,
    t.quantity, t.period_type, t.year_from, t.year_to, t.sub_population, t.unit_scope,
    t.measured_against, t.is_aspirational, t.total_value, t.statement_no, t.component_of,
    t.paired_with, t.document, t.version, t.in_force_from, t.in_force_to, t.is_current, t.asked_by,
    s.judged_by, s.gathered, s.is_yearly, s.obstacle, t.is_inferred, t.named_standard,
    t.programme_code
from stated_target as t
inner join target_shape as s using (target_no)
