-- makes mart.attainment
-- reads dw.agg_attainment, dw.dim_programme, mart.target
-- one row per map, target and reported period
-- why readers see a target, what was reached and the verdict side by side. In words:
--   docs/attainment.md
create view mart.attainment as
select
    t.level, t.unit_code, t.unit_name, t.province_name, t.district_name, t.unit_map, a.year,
    a.period, t.indicator_code, t.basis, t.operator, a.operator_read, t.target_value,
    t.target_value_high, t.unit_of_measure, a.baseline_value, a.actual_value, a.attainment_pct,
    a.verdict, a.reason, a.units_expected, a.units_reported,
    round(100.0 * a.units_reported / nullif(a.units_expected, 0), 2) as coverage_pct,
    t.text_as_printed, t.section, t.sort_key, t.quantity, t.period_type, t.year_from, t.year_to,
    t.sub_population, t.unit_scope, t.total_value, a.actual_total, a.units_needed, a.units_below,
    a.units_listed, a.due_pct, a.remaining_value,
    -- of a share of units, in units; a rate that makes no whole number of them stays a rate
    case
        when a.remaining_value is not null
            and abs(u.units - round(u.units)) <= 0.00005 * a.actual_total
            then a.units_needed - round(u.units)
    end as remaining_units,
    a.room_value, a.pace_per, a.pace_so_far,
    a.pace_needed, a.years_known, a.years_expected, a.variant_value, a.poverty_standard,
    a.is_self_filed, t.statement_no, t.component_of, t.paired_with, a.paired_verdict, t.document,
    t.version,
    t.in_force_from, t.in_force_to, t.asked_by, t.is_inferred, t.target_id, t.named_standard,
    t.programme_code, g.name_vi as programme_vi, g.name_en as programme_en, t.unit_key
from dw.agg_attainment as a
inner join mart.target as t using (unit_map, level, unit_key, target_id)
left join dw.dim_programme as g using (programme_code)
cross join lateral (select a.actual_value * a.actual_total / 100 as units) as u;
