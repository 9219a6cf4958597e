-- makes mart.verdict_province
-- reads stg.star_verdict_named
-- one row per province on the latest map, target and year
-- why a count of rows is a count of targets, whoever else asks the same (mart.verdict_stated);
--   figures stand as text, since they are never added up
create view mart.verdict_province as
select
    unit_id, unit_code, unit_name, unit_label, province_id, province_code,
    province_name, year, period_key, figure_on,
    indicator_key, indicator_code, indicator_vi, indicator_en, programme_code,
    programme_vi, programme_en, target_id, basis, basis_vi, asked_by, asked_by_vi,
    text_as_printed, unit_of_measure, unit_of_measure_vi, target_text, actual_text,
    remaining_count, judged_targets, met_targets, attainment_pct, due_pct, verdict, verdict_vi, verdict_en,
    reason, reason_vi, reason_en, units_expected, units_reported, year_from, year_to,
    document, statement_no, is_illustrative, sort_order
from stg.star_verdict_named
where level = 'province' and is_official;
