-- makes mart.verdict_stated
-- reads stg.star_verdict_named
-- one row per unit on the latest map, target and year, whoever states it: a superior, the unit's own
--   plan, or nobody where it is a sum
-- why the verdicts of all who ask the same stand beside each other; they are not to be counted together
create view mart.verdict_stated as
select
    level, unit_id, unit_code, unit_name, unit_label, district_id, district_code,
    district_name, province_id, province_code, province_name, year, period_key, figure_on,
    indicator_key, indicator_code, indicator_vi, indicator_en, programme_code,
    programme_vi, programme_en, target_id, basis, basis_vi, asked_by, asked_by_vi,
    text_as_printed, unit_of_measure, unit_of_measure_vi, target_text, actual_text,
    attainment_pct, due_pct, verdict, verdict_vi, verdict_en,
    reason, reason_vi, reason_en, units_expected, units_reported, year_from, year_to,
    document, statement_no, is_illustrative, is_official, sort_order
from stg.star_verdict_named;
