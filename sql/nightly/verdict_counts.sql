-- grain: one row per level, verdict before (none: not judged then) and verdict now that differ
select
    a.level, b.verdict as verdict_before, a.verdict, w.word_vi as verdict_vi, w.word_en as verdict_en,
    v.word_vi as before_vi, v.word_en as before_en, count(*)::integer as targets
from stg.judged_target as a
left join verdict_before as b using (level, unit_key, asked, year, period)
left join dw.word as w on w.kind = 'verdict' and w.code = a.verdict
left join dw.word as v on v.kind = 'verdict' and v.code = b.verdict
where a.verdict is distinct from b.verdict
group by a.level, b.verdict, a.verdict, w.word_vi, w.word_en, v.word_vi, v.word_en
order by b.verdict is null, a.level desc, targets desc, a.verdict, b.verdict
