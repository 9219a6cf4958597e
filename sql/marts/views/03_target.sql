-- makes mart.target
-- reads dw.agg_target, dw.dim_indicator, mart.unit
-- one row per map and stated target of a unit, amended ones too, or what the communes in the
--   unit were assigned, or registered, in sum
-- why readers see a target with its shape as it was read
create view mart.target as
select
    t.level, u.unit_code, u.unit_name, u.province_name, u.district_name, u.sort_key, t.unit_key,
    t.unit_map, t.year, t.period, i.indicator_code, t.indicator_key, t.basis, t.operator,
    t.target_value, t.target_value_high, t.target_exact, t.unit_of_measure, t.text_as_printed,
    t.section, t.filing_id, t.sheet, t.cell, t.units_expected, t.units_reported, t.quantity,
    t.period_type, t.year_from, t.year_to, t.sub_population, t.unit_scope, t.measured_against,
    t.is_aspirational, t.total_value, t.statement_no, t.component_of, t.paired_with, t.document,
    t.version, t.in_force_from, t.in_force_to, t.is_current, t.asked_by, t.judged_by, t.gathered,
    t.is_yearly, t.obstacle, t.is_inferred, t.target_id, t.named_standard, t.programme_code
from dw.agg_target as t
inner join dw.dim_indicator as i using (indicator_key)
inner join mart.unit as u on u.level = t.level and u.unit_key = t.unit_key;
