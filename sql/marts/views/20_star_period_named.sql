-- makes stg.star_period_named
-- reads dw.star_period, dw.dim_year, dw.dim_period, dw.dim_unit, dw.dim_indicator, dw.dim_programme,
--   dw.word
-- one row per unit on the latest map, period of a year and indicator
-- why the marts of counts and rates of periods have these names and words. A period_key is found among
--   the few there are, so that its figures are looked up by year and period
create view stg.star_period_named as
select
    a.level, a.unit_id, u.unit_code, u.unit_name, u.unit_label, u.is_rest, u.district_id,
    u.district_code, u.district_name, u.province_id, u.province_code, u.province_name, y.year,
    d.period, y.year || '-' || d.period as period_key, d.name_vi as period_vi, d.name_en as period_en,
    ref.figure_day(case a.period when 'OPEN' then 'baseline' else 'actual' end, a.period, a.year)
    as figure_on,
    a.indicator_key, i.indicator_code, i.name_vi as indicator_vi, i.name_en as indicator_en,
    i.unit_of_measure, m.word_vi as unit_of_measure_vi, i.kind, i.decimals, i.per,
    i.programme_code, coalesce(g.name_vi, 'Không riêng chương trình nào') as programme_vi,
    coalesce(g.name_en, 'of no one programme') as programme_en,
    case when i.by_standard then y.poverty_standard else '' end as poverty_standard, a.numerator,
    a.denominator, a.value, a.units_expected, a.units_reported, a.is_self_filed, a.is_illustrative, a.reason,
    r.word_vi as reason_vi, r.word_en as reason_en, u.sort_order
from dw.star_period as a
inner join dw.dim_year as y using (year)
inner join dw.dim_period as d using (period)
inner join dw.dim_unit as u using (unit_id)
inner join dw.dim_indicator as i using (indicator_key)
left join dw.dim_programme as g using (programme_code)
left join dw.word as m on m.kind = 'unit_of_measure' and m.code = i.unit_of_measure
left join dw.word as r on r.kind = 'reason' and r.code = a.reason;
