-- grain: one row per target whose verdict became another one, provinces and districts first
select
    t.unit_name, i.name_vi as indicator_vi, i.name_en as indicator_en, a.year, a.period,
    v.word_vi as before_vi, v.word_en as before_en, w.word_vi as verdict_vi, w.word_en as verdict_en
from verdict_before as b
inner join stg.judged_target as a using (level, unit_key, asked, year, period)
inner join mart.target as t
    on t.unit_map = 'as_filed' and t.level = a.level and t.unit_key = a.unit_key
    and t.target_id = a.target_id
left join dw.dim_indicator as i on i.indicator_code = t.indicator_code
left join dw.word as w on w.kind = 'verdict' and w.code = a.verdict
left join dw.word as v on v.kind = 'verdict' and v.code = b.verdict
where a.verdict <> b.verdict
order by a.level = 'commune', a.level = 'district', t.sort_key, i.name_vi, a.year, a.period,
    a.asked
limit :most
