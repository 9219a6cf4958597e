-- makes stg.star_verdict
-- reads dw.agg_attainment, dw.agg_target, dw.dim_indicator, dw.dim_programme, dw.word, ref.map_date
-- one row per target on the latest map and year: its verdict at the latest period reported
-- why verdicts are counted once; those of each period and map stand in mart.attainment
create view stg.star_verdict as
select
    a.level, a.unit_key, a.year, a.year || '-' || a.period as period_key,
    ref.last_day(a.period, a.year) as figure_on, t.indicator_key, i.indicator_code,
    i.name_vi as indicator_vi, i.name_en as indicator_en,
    coalesce(t.programme_code, i.programme_code) as programme_code, coalesce(g.name_vi, 'Không riêng chương trình nào') as programme_vi,
    coalesce(g.name_en, 'of no one programme') as programme_en, t.target_id, t.basis, b.word_vi as basis_vi, t.asked_by,
    s.word_vi as asked_by_vi, t.text_as_printed, t.unit_of_measure,
    m.word_vi as unit_of_measure_vi, a.verdict, v.word_vi as verdict_vi, v.word_en as verdict_en,
    a.reason, r.word_vi as reason_vi, r.word_en as reason_en, a.attainment_pct, a.due_pct,
    replace(t.target_value::text, '.', ',') as target_text,
    replace(a.actual_value::text, '.', ',') as actual_text,
    case when i.kind = 'count' and t.unit_of_measure = i.unit_of_measure then a.remaining_value end as remaining_count,
    a.units_expected, a.units_reported, t.year_from, t.year_to, t.document, t.statement_no
from dw.agg_attainment as a
inner join dw.agg_target as t using (unit_map, level, unit_key, target_id)
inner join dw.dim_indicator as i using (indicator_key)
left join dw.dim_programme as g on g.programme_code = coalesce(t.programme_code, i.programme_code)
left join dw.word as v on v.kind = 'verdict' and v.code = a.verdict
left join dw.word as r on r.kind = 'reason' and r.code = a.reason
left join dw.word as b on b.kind = 'basis' and b.code = t.basis
left join dw.word as s on s.kind = 'basis' and s.code = t.asked_by
left join dw.word as m on m.kind = 'unit_of_measure' and m.code = t.unit_of_measure
where
    a.unit_map = (select unit_map from ref.map_date order by map_on desc limit 1)
    and not exists (
        select from dw.agg_attainment as o
        where
            (o.level, o.unit_key, o.unit_map, o.target_id, o.year)
            = (a.level, a.unit_key, a.unit_map, a.target_id, a.year)
            and (ref.last_month(o.period), o.period) > (ref.last_month(a.period), a.period)
    );
