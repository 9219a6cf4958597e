-- makes mart.verdict_stated
-- reads stg.star_verdict, dw.dim_unit
-- one row per unit on the latest map, target and year, whoever states it: a superior, the unit's own
--   plan, or nobody where it is a sum
-- why the verdicts of all who ask the same stand beside each other; they are not to be counted together
create view mart.verdict_stated as
select
    v.level, u.unit_id, u.unit_code, u.unit_name, u.unit_label, u.district_id, u.district_code,
    u.district_name, u.province_id, u.province_code, u.province_name, v.year, v.period_key, v.figure_on,
    v.indicator_key, v.indicator_code, v.indicator_vi, v.indicator_en, v.programme_code,
    v.programme_vi, v.programme_en, v.target_id, v.basis, v.basis_vi, v.asked_by, v.asked_by_vi,
    v.text_as_printed, v.unit_of_measure, v.unit_of_measure_vi, v.target_text, v.actual_text,
    v.attainment_pct, v.due_pct, v.verdict, v.verdict_vi, v.verdict_en,
    v.reason, v.reason_vi, v.reason_en, v.units_expected, v.units_reported, v.year_from, v.year_to,
    v.document, v.statement_no, v.is_illustrative, v.is_official, u.sort_order
from stg.star_verdict as v
inner join dw.dim_unit as u using (unit_id);
