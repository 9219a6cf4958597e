-- grain: one row per target of the unit on the map that the year belongs to, and a period of the
-- year that was reported; one that nothing of the year was reported for has one row.
-- `target_no`: as page and annex number them, sums apart (C1); is_latest is counted and drawn
with listed as (
    select
        a.*, coalesce(a.asked_by, a.basis) as stated_by, i.name_vi as indicator_vi,
        i.name_en as indicator_en, i.unit_of_measure as indicator_unit,
        a.basis ~ '_(sum|total)$' as is_sum, ref.last_day(a.period, a.year) as ended_on,
        dense_rank() over (
            partition by a.basis ~ '_(sum|total)$'
            order by
                array_position(array['province', 'district', 'own_plan'], a.asked_by), a.basis, a.document,
                a.version, substring(a.statement_no from '^[0-9]+')::integer, i.indicator_key, a.statement_no,
                a.section, a.text_as_printed collate "C", a.operator, a.target_value, a.year_from, a.year_to
        ) as nth
    from mart.attainment as a
    inner join dw.dim_indicator as i using (indicator_code)
    where
        a.level = :level and a.unit_key = any(:unit_keys) and a.unit_map = :unit_map
        and coalesce(a.programme_code, :programme) = :programme
        and :year between a.year_from and a.year_to
        and coalesce(a.in_force_to > make_date(:year, 1, 1), true)
),

ranked as (
    select l.*, year = :year as is_of_year, row_number() over latest as row_no,
        actual_value + sum(actual_value) filter (where period = 'Y') over before as value_so_far,
        1 + count(actual_value) filter (where period = 'Y') over before as years_so_far
    from listed as l
    window
        latest as (partition by is_sum, nth order by year = :year desc, ended_on desc),
        before as (partition by is_sum, nth order by ended_on rows between unbounded preceding and 1 preceding)
)

select
    case when r.is_sum then 'C' else '' end || r.nth as target_no, r.is_sum, r.nth,
    r.indicator_code, r.level, r.stated_by, r.document, r.indicator_vi, r.indicator_en,
    concat(r.text_as_printed, case when r.is_inferred then ' (số suy ra từ câu chữ)' end) as text_as_printed,
    r.operator, r.target_value, r.target_value_high, r.unit_of_measure,
    r.total_value, r.year_from, r.year_to, r.named_standard, r.row_no = 1 as is_latest, r.period,
    r.is_self_filed, r.operator_read, r.pace_per, r.pace_so_far, r.pace_needed,
    r.indicator_unit || case when r.unit_of_measure = r.indicator_unit || '_per_year' then '_per_year' else '' end
    as actual_unit, y.actual_total, y.baseline_value, y.actual_value, y.attainment_pct, y.due_pct,
    y.remaining_value, y.remaining_units, y.room_value, y.paired_verdict, y.variant_value, y.years_known,
    y.years_expected, y.units_below, y.units_needed, y.years_so_far, r.unit_scope,
    -- a count that may be the year's or the whole time's: the second reading beside the first
    case when y.reason = 'period_unstated' then y.value_so_far end as value_so_far,
    coalesce(y.verdict, 'not_assessable') as verdict,
    -- why there was no figure in the latest year still holds; else this year's is what lacks
    case when r.is_of_year or r.actual_value is null then r.reason else 'no_actual' end as reason,
    substring(r.sub_population from '^communes_([0-9]+)_pct') as list_pct,
    case when not y.is_self_filed then ref.rests_on(y.units_reported, y.units_expected, f.districts_reported,
        f.districts_expected, coalesce(f.districts_self_filed, 0)) end as coverage
from ranked as r
left join ranked as y on y.is_of_year and (y.is_sum, y.nth, y.period) = (r.is_sum, r.nth, r.period)
left join mart.indicator_by_unit as f
    on f.level = :level and f.unit_key = any(:unit_keys) and f.unit_map = :unit_map
    and f.year = :year and f.measure = 'actual'
    and (f.period, f.indicator_code) = (y.period, y.indicator_code)
where r.is_of_year or r.row_no = 1 order by r.is_sum, r.nth, ref.last_month(r.period), r.period
