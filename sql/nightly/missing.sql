-- grain: one row per district (or province, of what districts file), form and period that units of it
-- should have filed within the year before the warehouse's day, and did not
select
    coalesce(case when level = 'commune' then district_name end, province_name) as place,
    f.word_vi as form_vi, f.word_en as form_en, s.year, s.period, s.due_on,
    count(*)::integer as units, array_agg(s.unit_name order by s.sort_key) as names
from mart.filing_status as s
left join dw.word as f on f.kind = 'form' and f.code = s.form
where
    s.state = 'missing'
    and s.due_on > (select received_on from stg.warehouse_day) - 366
group by 1, f.word_vi, f.word_en, s.year, s.period, s.due_on
order by s.due_on desc, form_vi, min(s.sort_key), s.year, s.period, place
