-- makes stg.star_year_named
-- reads dw.star_year, dw.dim_year, dw.dim_unit, dw.dim_indicator, dw.dim_programme, dw.dim_period, dw.word
-- one row per unit on the latest map, year and indicator
-- why the marts of counts and rates of a year have these names and words. The list of indicators is
--   joined so that whoever does not name one need not look there
create view stg.star_year_named as
select
    a.level, a.unit_id, u.unit_code, u.unit_name, u.unit_label, u.is_rest, u.district_id,
    u.district_code, u.district_name, u.province_id, u.province_code, u.province_name, a.year,
    a.year || '-' || a.period as period_key, d.name_vi as period_vi, d.name_en as period_en,
    ref.last_day(a.period, a.year) as figure_on, a.indicator_key, i.indicator_code,
    i.name_vi as indicator_vi, i.name_en as indicator_en, i.unit_of_measure,
    m.word_vi as unit_of_measure_vi, a.is_rate, i.decimals, i.per, i.programme_code,
    coalesce(g.name_vi, 'Không riêng chương trình nào') as programme_vi,
    coalesce(g.name_en, 'of no one programme') as programme_en,
    case when i.by_standard then y.poverty_standard else '' end as poverty_standard,
    a.numerator, a.denominator, a.value,
    a.opening, a.assigned, a.registered, a.preliminary, a.estimate, a.plan_next,
    a.units_expected, a.units_reported, a.is_self_filed, a.is_illustrative, a.reason, r.word_vi as reason_vi,
    r.word_en as reason_en, u.sort_order
from dw.star_year as a
inner join dw.dim_unit as u on u.unit_id = a.unit_id and u.is_on_map
left join dw.dim_indicator as i using (indicator_key)
left join dw.dim_year as y on y.year = a.year
left join dw.dim_programme as g using (programme_code)
left join dw.dim_period as d using (period)
left join dw.word as m on m.kind = 'unit_of_measure' and m.code = i.unit_of_measure
left join dw.word as r on r.kind = 'reason' and r.code = a.reason;
