-- grain: one row per target of the unit on the map that the year belongs to, and a period of the
-- year that was reported; one that nothing of the year was reported for has one row.
-- `target_no` numbers them as the page does, is_latest is the row that it counts and draws
with listed as (
    select
        a.*, coalesce(a.asked_by, a.basis) as stated_by, i.name_vi as indicator_vi,
        i.name_en as indicator_en, i.unit as indicator_unit,
        dense_rank() over (
            order by
                array_position(array['province', 'district', 'own_plan'], a.asked_by),
                array_position(
                    array['assigned', 'registered', 'assigned_sum', 'registered_sum'], a.basis
                ),
                a.document, a.version, substring(a.statement_no from '^[0-9]+')::integer,
                i.indicator_key, a.statement_no, a.section, a.text_as_printed collate "C",
                a.operator, a.target_value, a.year_from, a.year_to
        ) as target_no
    from mart.attainment as a
    inner join dw.dim_indicator as i using (indicator_code)
    where
        a.level = :level and a.unit_code = :unit and a.unit_name = :unit_name
        and a.unit_map = :unit_map and :year between a.year_from and a.year_to
        and coalesce(a.programme_code, :programme) = :programme
        and (a.in_force_to is null or a.in_force_to > make_date(:year, 1, 1))
),

ranked as (
    select l.*, year = :year as is_of_year, row_number() over latest as row_no
    from listed as l
    window latest as (partition by target_no order by year = :year desc, year desc, period desc)
)

select
    target_no, stated_by, document, indicator_vi, indicator_en, text_as_printed, operator,
    target_value, target_value_high, unit, total_value, year_from, year_to, row_no = 1 as is_latest,
    period, is_self_filed,
    case when is_of_year then actual_total end as actual_total,
    case when is_of_year then baseline_value end as baseline_value,
    case when is_of_year then actual_value end as actual_value,
    case when unit = indicator_unit || '_per_year' then unit else indicator_unit end as actual_unit,
    case when is_of_year then attainment_pct end as attainment_pct,
    case when is_of_year then due_pct end as due_pct,
    case when is_of_year then remaining_value end as remaining_value,
    case when is_of_year then room_value end as room_value,
    operator_read, pace_per, pace_so_far, pace_needed,
    case when is_of_year then verdict else 'not_assessable' end as verdict,
    -- why there was no figure in the latest year still holds; else this year's is what lacks
    case when is_of_year or actual_value is null then reason else 'no_actual' end as reason,
    case when is_of_year then paired_verdict end as paired_verdict,
    case when is_of_year then variant_value end as variant_value,
    case when is_of_year then years_known end as years_known,
    case when is_of_year then years_expected end as years_expected,
    case when is_of_year then units_below end as units_below,
    case when is_of_year then units_needed end as units_needed,
    substring(sub_population from '^communes_([0-9]+)_pct') as list_pct,
    case when is_of_year and not is_self_filed then units_reported || '/' || units_expected end
    as coverage
from ranked
where is_of_year or row_no = 1
order by target_no, period
