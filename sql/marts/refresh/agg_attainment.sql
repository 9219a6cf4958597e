-- grain: one row a target of a stale place and a reported period: its verdict and reason or
-- caveat. In words: docs/attainment.md
insert into dw.agg_attainment (
    unit_map, level, unit_key, target_id, year, period, operator_read, baseline_value, actual_value,
    attainment_pct, verdict, reason, units_expected, units_reported, actual_total, units_needed,
    units_below, units_listed, due_pct, years_known, years_expected, variant_value,
    poverty_standard, is_own, paired_verdict
)
with paired as (
    select
        j.*,
        case when why_not is null then finding else 'not_assessable' end as verdict,
        case
            when paired_with is null then target_id
            else concat_ws(
                '|', filing_id, least(statement_no, paired_with),
                greatest(statement_no, paired_with)
            )
        end as pair_id
    from target_verdict as j
),

both_sides as (
    select
        p.*,
        case when paired_with is not null
            then coalesce(lag(verdict) over pair, lead(verdict) over pair)
        end as paired_verdict
    from paired as p
    window pair as (
        partition by unit_map, level, unit_key, pair_id, actual_year, actual_period
        order by target_id
    )
)

select
    unit_map, level, unit_key, target_id, coalesce(actual_year, year),
    coalesce(actual_period, period), operator_read, round(baseline_value, decimals), actual,
    -- what is missing could only make it less
    case
        when why_not is null
            and not (is_missing and (source = 'lowest' or kind = 'count' and is_cap))
            then round(progress, 2)
    end,
    verdict,
    case
        when why_not is not null then why_not
        when years_known < years_expected then 'years_missing'
        when actual_reported < actual_expected or is_registered_in_part
            or is_gathered and was_partial then 'partial_coverage'
        when 'not_assessable' not in (verdict, paired_verdict)
            and verdict in ('exceeded', 'met', 'on_track')
            <> (paired_verdict in ('exceeded', 'met', 'on_track'))
            then 'pair_disagrees'
        when is_reached <> is_reached_by_variant then 'definitions_disagree'
        when is_final then ''
        when gathered = 'average' then 'average_so_far'
        when is_reached and period_type in ('standing', 'each_year') and progress is null
            then 'holds_now'
        when is_reached and progress is null and is_cap
            then 'within_its_limit'
        when is_beyond or is_reached then 'already_reached'
        when progress is not null then 'mid_period_linear_path'
        when is_cap then 'above_its_limit'
        else 'below_its_limit'
    end as reason,
    coalesce(actual_expected, units_expected), coalesce(units_known, 0), actual_total,
    case
        when quantity <> 'share_of_units' or is_cap then null
        when operator_read = '>' then floor(bound * figure_denominator / 100) + 1
        else ceil(bound * figure_denominator / 100)
    end,
    units_below, units_listed, round(due_pct, 2), years_known, years_expected, variant_value,
    poverty_standard, is_own, paired_verdict
from both_sides
