-- makes target_shape
-- reads stated_target, target_scope, dw.dim_indicator, ref.derivation
-- one row per target of a stale map unit: how it is read. `judged_by` says whose figures judge it,
--   `gathered` how several years' become one, `obstacle` why it cannot be judged
-- why each shape is decided here; a unit may state its lowest commune's figure itself
create temporary table target_shape on commit drop as
with read as (
    select
        p.target_no, p.quantity, p.period_type, p.sub_population, p.shares_unknown,
        i.timing, i.kind, i.fall_of, i.each_unit_of, o.is_filed_whole, o.is_of_part, o.is_of_more,
        p.period_type in ('year', 'annual_rate', 'standing', 'each_year') or p.year_from = p.year as is_yearly,
        p.year_from < p.year and (p.period_type = 'annual_average'
            or p.unit_of_measure = 'pp_per_year'
            and p.period_type not in ('annual_rate', 'standing', 'each_year')) as is_average,
        i.timing = 'flow' and p.year_from < p.year and (
            p.period_type = 'cumulative' or p.quantity = 'change' and p.period_type = 'by_end_of'
        ) as is_sum,
        p.sub_population ~ '^communes_[0-9]+_pct_(frozen|retested)$' as is_list,
        p.sub_population not in ('', coalesce(i.population, '')) as is_of_others,
        -- what is missing can only add to it, but not to a difference; the register knows all units
        i.kind <> 'rate' and i.indicator_code not in (
            select indicator_code from ref.derivation where measure = 'actual' and sign < 0
        ) or p.quantity = 'share_of_units' and i.denominator_measure = 'register' as adds_up
    from stated_target as p
    inner join target_scope as o using (target_no)
    inner join dw.dim_indicator as i using (indicator_key)
)

select
    target_no,
    case
        when is_list then 'list'
        when each_unit_of is not null and quantity = 'per_unit_minimum' and not is_filed_whole
            then 'lowest'
        when is_of_part then 'list'
        when is_filed_whole then 'unit'
        when each_unit_of is not null and quantity = 'per_unit_average' then 'each'
        when is_sum and kind = 'rate' and not is_average and fall_of is not null then 'fall'
        else 'unit'
    end as judged_by,
    case
        when is_average then 'average'
        when is_sum then case kind when 'count' then 'sum' else 'point' end
        when timing = 'stock' then 'point'
        else 'year'
    end as gathered,
    is_yearly, is_of_others and not is_list or is_of_more as is_of_others, adds_up,
    case
        when quantity = 'text_only' then 'text_only'
        when is_sum and not is_average and kind = 'rate' and fall_of is null
            then 'rate_is_never_summed'
        when timing = 'flow' and not (is_yearly or is_average) and period_type = 'unstated'
            and quantity not in ('level', 'coverage', 'share_of_units', 'share_of_flow')
            then 'period_unstated'
        -- a population that only a document names; one that is not what the indicator counts
        when is_of_others and sub_population !~ '^[a-z0-9_]+$' then 'list_not_held'
        when is_of_others and not is_list or is_of_more then 'other_population'
        when shares_unknown > 0 then 'split_without_weights'
    end as obstacle
from read
