-- grain: one row per form and period of the latest year, or of the one before with filings to mend or
-- to come, with how many filings or units are in which state
select
    coalesce(f.word_vi, 'chưa rõ biểu hoặc kỳ') as form_vi, coalesce(f.word_en, 'form or period not clear') as form_en,
    s.year, s.period,
    count(*) filter (where s.state = 'accepted')::integer as accepted,
    count(*) filter (where s.state = 'accepted' and s.warnings > 0)::integer as warned,
    count(*) filter (where s.state = 'accepted' and s.days_late > 0)::integer as late,
    count(*) filter (where s.state = 'rejected')::integer as rejected,
    count(*) filter (where s.state = 'missing')::integer as missing,
    count(*) filter (where s.state = 'not_due')::integer as not_due
from mart.filing_status as s
left join dw.word as f on f.kind = 'form' and f.code = s.form
where s.year is null or s.year >= (select max(year) from raw.filing) - 1
group by s.form, f.word_vi, f.word_en, s.year, s.period
having
    count(*) filter (where s.state in ('rejected', 'missing')) > 0
    or s.year = (select max(year) from raw.filing) and count(*) filter (where s.state <> 'superseded') > 0
order by s.year desc nulls last, form_vi, s.period, s.form
