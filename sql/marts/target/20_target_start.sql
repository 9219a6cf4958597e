-- makes target_start
-- reads target_to_date, target_reported, stated_target, target_shape, map_figure,
--   dw.dim_indicator, dw.dim_year
-- one row per target of a stale map unit and reported period: where it started
-- why a level starts from the opening figure or, where none was filed, from the end of the year
--   before; a yearly figure to be reached by the end of a period from the year before it. Poverty
--   standards are never crossed
create temporary table target_start on commit drop as
with report as (
    select
        d.report_no, d.baseline_year, t.unit_map, t.level, t.unit_key, t.indicator_key,
        i.timing, s.adds_up, s.is_yearly, t.units_expected, t.units_reported,
        s.judged_by = 'unit' and not d.is_gathered and not d.is_direct as has_start,
        i.by_standard and not (s.is_yearly or d.is_direct) and y.poverty_standard <> z.poverty_standard
        as is_crossing,
        i.by_standard and t.named_standard not in ('', y.poverty_standard) as is_other_standard,
        case when i.by_standard then y.poverty_standard else '' end as poverty_standard,
        i.by_standard and b.poverty_standard <> c.poverty_standard as is_new_standard
    from target_to_date as d
    inner join target_reported as r using (report_no)
    inner join stated_target as t using (target_no)
    inner join target_shape as s using (target_no)
    inner join dw.dim_indicator as i using (indicator_key)
    inner join dw.dim_year as y on y.year = coalesce(r.actual_year, t.year)
    inner join dw.dim_year as z on z.year = t.year_from
    left join dw.dim_year as b on b.year = d.baseline_year
    left join dw.dim_year as c on c.year = d.baseline_year - 1
)

select
    n.report_no, n.is_crossing, n.is_other_standard, n.poverty_standard, n.timing, n.adds_up,
    n.units_expected, n.units_reported,
    case
        when not n.has_start then null
        when n.timing = 'flow' then case when not n.is_yearly then e.value end
        else coalesce(o.value, e.value)
    end as start_value,
    case when n.timing = 'stock' and o.value is not null then o.units_reported
        else e.units_reported end as start_reported,
    case when n.timing = 'stock' and o.value is not null then o.units_expected
        else e.units_expected end as start_expected
from report as n
left join map_figure as o
    on o.unit_map = n.unit_map and o.level = n.level and o.unit_key = n.unit_key
    and o.year = n.baseline_year and o.indicator_key = n.indicator_key
    and o.measure = 'baseline' and o.period = 'OPEN'
left join map_figure as e
    on e.unit_map = n.unit_map and e.level = n.level and e.unit_key = n.unit_key
    and e.year = n.baseline_year - 1 and e.indicator_key = n.indicator_key
    and e.measure = 'actual' and e.period = 'Y' and n.is_new_standard is not true
