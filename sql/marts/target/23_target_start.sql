-- makes target_start
-- reads target_to_date, target_reported, judged_target, map_figure, dw.dim_year
-- one row per target of a stale map unit and reported period: where it started
-- why a level starts from the opening figure or, where none was filed, from the end of the year
--   before; a yearly figure to be reached by the end of a period from the year before it. Poverty
--   standards are never crossed
create temporary table target_start on commit drop as
with report as (
    select
        d.report_no, d.baseline_year, t.figures_of, t.own_key, t.timing, t.is_yearly, t.adds_up,
        t.units_expected, t.units_reported,
        t.judged_by = 'unit' and not d.is_gathered and not d.is_direct as has_start,
        t.by_standard and not (t.is_yearly or d.is_direct) and y.poverty_standard <> z.poverty_standard
        as is_crossing,
        t.by_standard and t.named_standard not in ('', y.poverty_standard) as is_other_standard,
        case when t.by_standard then y.poverty_standard else '' end as poverty_standard,
        t.by_standard and b.poverty_standard <> c.poverty_standard as is_new_standard
    from target_to_date as d
    inner join target_reported as r using (report_no)
    inner join judged_target as t using (target_no)
    inner join dw.dim_year as y on y.year = coalesce(r.actual_year, t.year)
    inner join dw.dim_year as z on z.year = t.year_from
    left join dw.dim_year as b on b.year = d.baseline_year
    left join dw.dim_year as c on c.year = d.baseline_year - 1
)

select
    n.report_no, n.is_crossing, n.is_other_standard, n.poverty_standard,
    -- where only some communes filed their opening count, nobody knows where all started
    case
        when not n.has_start or n.timing = 'flow' and n.is_yearly then null
        when not n.adds_up or s.reported
            >= case when n.units_expected = s.expected then n.units_reported else s.expected end
            then s.value
    end as baseline_value
from report as n
left join map_figure as o
    on o.place_no = n.figures_of and o.indicator_key = n.own_key
    and o.year = n.baseline_year and o.measure = 'baseline' and o.period = 'OPEN'
left join map_figure as e
    on e.place_no = n.figures_of and e.indicator_key = n.own_key
    and e.year = n.baseline_year - 1 and e.measure = 'actual' and e.period = 'Y'
    and n.is_new_standard is not true
cross join lateral (
    select
        case when s.is_opening then o.value else e.value end as value,
        case when s.is_opening then o.units_reported else e.units_reported end as reported,
        case when s.is_opening then o.units_expected else e.units_expected end as expected
    from (values (n.timing = 'stock' and o.value is not null)) as s (is_opening)
) as s
