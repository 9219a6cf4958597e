-- makes sum_member
-- reads target_reported, judged_target, stated_target, ref.map_unit, ref.map_share, ref.unit_path,
--   dw.dim_commune, dw.agg_indicator, dw.agg_indicator_bridged
-- one row per sum of what communes stated, reported period and commune of 1 January that stated or
--   reported, by itself or by what it became, where the sum or its figure is of a part of them
-- why what some communes stated says nothing of others. Who filed for itself did for all communes in
--   it; a rate without its counts is part of no sum
create temporary table sum_member on commit drop as
with asked as materialized (
    select
        r.report_no, r.actual_year, r.actual_period, t.own_key, t.figure_key, s.year, s.period,
        replace(replace(s.basis, '_sum', ''), '_total', '') as measure, u.map_unit_no, u.level
    from target_reported as r
    inner join judged_target as t using (target_no)
    inner join stated_target as s using (target_no)
    inner join ref.map_unit as u using (unit_map, level, unit_key)
    where r.actual_reported is not null and t.units_expected is not null
        and (t.units_reported < t.units_expected or r.actual_reported < r.actual_expected)
),

said as (
    select a.report_no, a.year, w.commune_key, true as has_stated, false as has_reported
    from asked as a
    inner join ref.map_share as w using (map_unit_no)
    inner join dw.agg_indicator as f
        on (f.unit_map, f.level, f.unit_key) = ('as_filed', 'commune', w.commune_key)
        and (f.year, f.period, f.measure, f.indicator_key) = (a.year, a.period, a.measure, a.own_key)
    union all
    select a.report_no, a.year, w.commune_key, false, true
    from asked as a
    inner join ref.map_share as w using (map_unit_no)
    inner join dw.dim_commune as c using (commune_key)
    cross join lateral (values
        ('commune', c.commune_key), ('district', c.district_key), ('province', c.province_key)
    ) as u (level, unit_key)
    inner join dw.agg_indicator as f
        on (f.unit_map, f.level, f.unit_key, f.measure) = ('as_filed', u.level, u.unit_key, 'actual')
        and (f.level = 'commune' or f.is_self_filed) and (f.numerator is not null or f.level = a.level)
        and (f.year, f.period, f.indicator_key) = (a.actual_year, a.actual_period, a.figure_key)
    union all
    select a.report_no, a.year, f.commune_key, false, true
    from asked as a
    inner join ref.map_share as w using (map_unit_no)
    inner join dw.agg_indicator_bridged as f
        on (f.commune_key, f.measure) = (w.commune_key, 'actual') and f.numerator is not null
        and (f.year, f.period, f.indicator_key) = (a.actual_year, a.actual_period, a.figure_key)
)

select
    s.report_no, coalesce(o.from_key, s.commune_key) as commune_key,
    bool_or(s.has_stated) as has_stated, bool_or(s.has_reported) as has_reported
from said as s
left join (
    select p.from_key, p.to_key, c.valid_from, c.valid_to
    from ref.unit_path as p
    inner join dw.dim_commune as c on c.commune_key = p.from_key
) as o
    on o.to_key = s.commune_key
    and make_date(s.year, 1, 1) >= o.valid_from and make_date(s.year, 1, 1) < o.valid_to
group by s.report_no, coalesce(o.from_key, s.commune_key)
