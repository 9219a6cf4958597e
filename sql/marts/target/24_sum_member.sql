-- makes sum_member
-- reads target_reported, target_start, judged_target, stated_target, ref.map_unit, ref.map_share,
--   ref.unit_path, dw.dim_commune, dw.agg_indicator, dw.agg_indicator_bridged
-- one row per sum of what communes stated, reported period and commune of 1 January that stated,
--   started or reported, by itself or by what it became, where one of the three is of a part of them
-- why what some communes stated says nothing of others. Who filed for itself did for all communes in
--   it; a rate without its counts is part of no sum
create temporary table sum_member on commit drop as
with asked as materialized (
    select r.report_no, s.year as stated_year, u.map_unit_no, u.level, f.part, f.year, f.period,
        f.measure, f.indicator_key
    from target_reported as r
    inner join target_start as b using (report_no)
    inner join judged_target as t using (target_no)
    inner join stated_target as s using (target_no)
    inner join ref.map_unit as u using (unit_map, level, unit_key)
    cross join lateral (values
        ('stated', s.year, s.period, replace(replace(s.basis, '_sum', ''), '_total', ''), t.own_key),
        ('started', b.start_year, b.start_period, b.start_measure, t.own_key),
        ('reported', r.actual_year, r.actual_period, 'actual', t.figure_key)
    ) as f (part, year, period, measure, indicator_key)
    where t.units_expected is not null
        and (t.units_reported < t.units_expected or r.actual_reported < r.actual_expected
            or b.start_reported < b.start_expected)
),

said as (
    select a.report_no, a.stated_year, a.part, w.commune_key
    from asked as a
    inner join ref.map_share as w using (map_unit_no)
    inner join dw.dim_commune as c using (commune_key)
    inner join lateral (values
        ('commune', c.commune_key), ('district', c.district_key), ('province', c.province_key)
    ) as u (level, unit_key) on u.level = 'commune' or a.part <> 'stated'
    inner join dw.agg_indicator as f
        on (f.unit_map, f.level, f.unit_key) = ('as_filed', u.level, u.unit_key)
        and (f.level = 'commune' or f.is_self_filed)
        and (f.numerator is not null or a.part = 'stated' or f.level = a.level)
        and (f.year, f.period, f.measure, f.indicator_key)
        = (a.year, a.period, a.measure, a.indicator_key)
    union all
    select a.report_no, a.stated_year, a.part, f.commune_key
    from asked as a
    inner join ref.map_share as w using (map_unit_no)
    inner join dw.agg_indicator_bridged as f
        on f.commune_key = w.commune_key and f.numerator is not null and a.part <> 'stated'
        and (f.year, f.period, f.measure, f.indicator_key)
        = (a.year, a.period, a.measure, a.indicator_key)
)

select
    s.report_no, coalesce(p.from_key, s.commune_key) as commune_key,
    bool_or(s.part = 'stated') as has_stated, bool_or(s.part = 'started') as has_started,
    bool_or(s.part = 'reported') as has_reported
from said as s
left join (ref.unit_path as p inner join dw.dim_commune as c on c.commune_key = p.from_key)
    on p.to_key = s.commune_key and make_date(s.stated_year, 1, 1) >= c.valid_from
    and make_date(s.stated_year, 1, 1) < c.valid_to
group by s.report_no, coalesce(p.from_key, s.commune_key)
