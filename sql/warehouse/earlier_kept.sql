-- grain: one row per accepted filing of this batch that its workbook has beside a later period of its
-- filer, with other figures than the version accepted before it
select
    filing_after as filing_id, min(file_before) as file, count(*)::integer as figures,
    coalesce(min(sheet_after), '') as sheet
from mart.change
where filing_after in (
    select filing_id from ops.finding where rule = 'file-earlier-beside' and filing_id = any(:batch)
)
group by filing_after
order by filing_after
