-- grain: one row per form, period and state, with how many units should have filed
select
    coalesce(form, '(chưa rõ / not clear)') as "biểu",
    coalesce(period, '') as "kỳ",
    coalesce(year::text, '') as "năm",
    state as "trạng thái",
    count(*)::integer as "số",
    count(*) filter (where warnings > 0)::integer as "cảnh báo",
    count(*) filter (where days_late > 0)::integer as "trễ"
from mart.filing_status
group by form, year, period, state
order by form nulls last, year, period, state
