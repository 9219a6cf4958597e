-- makes target_reported
-- reads judged_target, map_figure, units_in_scope
-- one row per target of a stale map unit that its unit's own figures judge, and reported period;
--   one that nothing was reported for has one row
-- why the shape says which figure: the unit's, its average commune's, or the fall since the start.
--   What a successor says of a commune after its end is not the commune's: no shares, no row
create temporary table target_reported on commit drop as
select
    row_number() over ()::integer as report_no, t.target_no, r.year as actual_year,
    r.period as actual_period,
    case
        when t.judged_by = 'fall' then b.value - r.value
        -- over those that reported, if not all did
        when t.judged_by = 'each' then r.value / case
            when r.units_reported < r.units_expected then r.units_reported
            else nullif(n.units, 0)
        end
        -- of all that the register has, as far as is known
        when t.quantity = 'share_of_units' and r.units_reported < r.units_expected
            then coalesce(100 * r.numerator / nullif(n.units, 0), r.value)
        else r.value
    end as figure,
    r.denominator as figure_denominator, r.units_expected as actual_expected,
    r.units_reported as actual_reported, coalesce(r.is_self_filed, false) as is_self_filed,
    r.shares_unknown as actual_shares_unknown,
    n.units as actual_total,
    null::bigint as units_listed, null::bigint as units_below
from judged_target as t
left join map_figure as r
    on r.place_no = t.figures_of and r.indicator_key = t.figure_key and r.measure = 'actual'
    and r.year between t.year_from and t.year and (t.gathered <> 'average' or r.period = 'Y')
    and not t.is_of_others  -- no figure of others is shown beside it
    and case
        when r.value is null and r.shares_unknown > 0 and r.level = 'commune'
            then coalesce(ref.last_day(r.period, r.year) <= nullif(r.unit_map, 'as_filed')::date, true)
        else true
    end
left join map_figure as b
    on t.judged_by = 'fall' and b.place_no = t.figures_of and b.indicator_key = t.figure_key
    and b.measure = 'baseline' and b.period = 'OPEN' and b.year = t.year_from
    and b.units_reported >= b.units_expected
left join units_in_scope as n
    on n.place_no = t.place_no and n.unit_scope = t.unit_scope and n.year = r.year
    and n.period = r.period
    and t.quantity in ('n_of_m', 'share_of_units', 'per_unit_average')
where t.judged_by not in ('list', 'lowest')
