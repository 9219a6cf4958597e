-- grain: one row per target of a programme of the unit on the map and a reported period
select
    i.name_vi as indicator_vi, i.name_en as indicator_en, a.text_as_printed,
    coalesce(a.asked_by, a.basis) as basis, a.operator,
    a.target_value, a.target_value_high, a.unit, a.period, a.actual_value,
    i.unit as actual_unit, a.attainment_pct, a.verdict, a.reason,
    a.operator_read, a.remaining_value, a.room_value, a.pace_per, a.pace_so_far, a.pace_needed,
    case when a.units_expected is not null then a.units_reported || '/' || a.units_expected end
        as coverage
from mart.attainment as a
inner join dw.dim_indicator as i using (indicator_code)
where
    a.level = :level and a.unit_code = :unit and a.unit_name = :unit_name
    and a.unit_map = :unit_map and coalesce(a.programme_code, :programme) = :programme
    -- of what nothing was reported for, all that the year belongs to
    and (a.year = :year or a.reason = 'no_actual' and :year between a.year_from and a.year_to)
order by
    a.basis, i.indicator_key, a.text_as_printed collate "C", a.operator, a.target_value, a.section,
    a.period
