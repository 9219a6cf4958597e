-- makes target_start
-- reads target_to_date, target_reported, judged_target, map_figure, dw.dim_year
-- one row per target of a stale map unit and reported period: where it started, as far as is known
-- why a level starts from the opening figure or, where none was filed, from the end of the year
--   before; a yearly figure to be reached by the end of a period from the year before it. Poverty
--   standards are never crossed
create temporary table target_start on commit drop as
with report as (
    select
        d.report_no, d.baseline_year, t.figures_of, t.own_key, t.timing, t.is_yearly,
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
    n.report_no, n.is_crossing, n.is_other_standard, n.poverty_standard, s.start_year,
    s.start_period, s.start_measure, s.value as start_value, s.reported as start_reported,
    s.expected as start_expected
from report as n
left join map_figure as o
    on o.place_no = n.figures_of and o.indicator_key = n.own_key
    and o.year = n.baseline_year and o.measure = 'baseline' and o.period = 'OPEN'
left join map_figure as e
    on e.place_no = n.figures_of and e.indicator_key = n.own_key
    and e.year = n.baseline_year - 1 and e.measure = 'actual' and e.period = 'Y'
    and n.is_new_standard is not true
left join lateral (values
    (n.timing = 'stock' and o.value is not null, n.baseline_year, 'OPEN', 'baseline', o.value,
        o.units_reported, o.units_expected),
    (not (n.timing = 'stock' and o.value is not null), n.baseline_year - 1, 'Y', 'actual', e.value,
        e.units_reported, e.units_expected)
) as s (is_so, start_year, start_period, start_measure, value, reported, expected)
    on s.is_so and n.has_start and not (n.timing = 'flow' and n.is_yearly)
