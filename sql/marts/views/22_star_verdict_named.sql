-- makes stg.star_verdict_named
-- reads dw.star_verdict, dw.dim_unit, dw.dim_indicator, dw.dim_programme, dw.word
-- one row per target on the latest map and year: its verdict at the latest period reported
-- why the marts of verdicts have these names and words; those of each period and map stand in
--   mart.attainment
create view stg.star_verdict_named as
select
    a.level, u.unit_id, u.unit_code, u.unit_name, u.unit_label, u.district_id, u.district_code,
    u.district_name, u.province_id, u.province_code, u.province_name,
    a.year, a.year || '-' || a.period as period_key,
    ref.last_day(a.period, a.year) as figure_on, a.indicator_key, i.indicator_code,
    i.name_vi as indicator_vi, i.name_en as indicator_en,
    coalesce(a.programme_code, i.programme_code) as programme_code, coalesce(g.name_vi, 'Không riêng chương trình nào') as programme_vi,
    coalesce(g.name_en, 'of no one programme') as programme_en, a.target_id, a.basis, b.word_vi as basis_vi, a.asked_by,
    s.word_vi as asked_by_vi, a.text_as_printed, a.unit_of_measure,
    m.word_vi as unit_of_measure_vi, a.verdict, v.word_vi as verdict_vi, v.word_en as verdict_en,
    a.reason, r.word_vi as reason_vi, r.word_en as reason_en, a.attainment_pct, a.due_pct,
    ref.number_text(a.target_value) as target_text,
    ref.number_text(a.actual_value) as actual_text,
    case when i.kind = 'count' and a.unit_of_measure = i.unit_of_measure then a.remaining_value end as remaining_count,
    a.units_expected, a.units_reported, a.year_from, a.year_to, a.document, a.statement_no,
    case when a.verdict <> 'not_assessable' then 1 else 0 end as judged_targets,
    case when a.verdict in ('met', 'exceeded') then 1 else 0 end as met_targets, a.is_illustrative,
    a.is_official, u.sort_order
from dw.star_verdict as a
inner join dw.dim_unit as u using (unit_id)
inner join dw.dim_indicator as i using (indicator_key)
left join dw.dim_programme as g on g.programme_code = coalesce(a.programme_code, i.programme_code)
left join dw.word as v on v.kind = 'verdict' and v.code = a.verdict
left join dw.word as r on r.kind = 'reason' and r.code = a.reason
left join dw.word as b on b.kind = 'basis' and b.code = a.basis
left join dw.word as s on s.kind = 'basis' and s.code = a.asked_by
left join dw.word as m on m.kind = 'unit_of_measure' and m.code = a.unit_of_measure;
