-- makes stg.star_verdict
-- reads dw.star_verdict, dw.dim_unit, ref.map_date, dw.agg_attainment, dw.agg_target, dw.dim_indicator,
--   dw.dim_programme, dw.word, dw.star_period, dw.star_year, raw.filing
-- one row per target on the latest map and year: its verdict at the latest period reported
-- why verdicts are counted once; those of each period and map stand in mart.attainment
create view stg.star_verdict as
select
    u.level, u.unit_id, a.year, a.year || '-' || a.period as period_key,
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
    a.units_expected, a.units_reported, t.year_from, t.year_to, t.document, t.statement_no, o.is_official,
    case when a.verdict <> 'not_assessable' then 1 else 0 end as judged_targets,
    case when a.verdict in ('met', 'exceeded') then 1 else 0 end as met_targets,
    coalesce((select f.illustrative_note <> '' from raw.filing as f where f.filing_id = t.filing_id), false)
    or exists (
        select from dw.star_period as p
        where
            (p.indicator_key, p.level, p.year, p.unit_id) = (t.indicator_key, o.level, a.year, o.unit_id)
            and p.period in (a.period, 'OPEN') and p.is_illustrative
    )
    or t.filing_id is null and exists (
        select from dw.star_year as y
        where
            (y.indicator_key, y.level, y.year, y.unit_id) = (t.indicator_key, o.level, a.year, o.unit_id)
            and y.is_illustrative
    ) as is_illustrative
from dw.star_verdict as o
inner join dw.dim_unit as u using (unit_id)
inner join dw.agg_attainment as a
    on (a.level, a.unit_key, a.target_id, a.year, a.period)
    = (u.level, u.unit_key, o.target_id, o.year, o.period)
    and a.unit_map = (select unit_map from ref.map_date order by map_on desc limit 1)
inner join dw.agg_target as t
    on (t.level, t.unit_key, t.target_id, t.unit_map) = (a.level, a.unit_key, a.target_id, a.unit_map)
inner join dw.dim_indicator as i on i.indicator_key = o.indicator_key
left join dw.dim_programme as g on g.programme_code = coalesce(t.programme_code, i.programme_code)
left join dw.word as v on v.kind = 'verdict' and v.code = a.verdict
left join dw.word as r on r.kind = 'reason' and r.code = a.reason
left join dw.word as b on b.kind = 'basis' and b.code = t.basis
left join dw.word as s on s.kind = 'basis' and s.code = t.asked_by
left join dw.word as m on m.kind = 'unit_of_measure' and m.code = t.unit_of_measure;
