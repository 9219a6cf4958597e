-- grain: one row per filing that no later version came after and that was rejected or warned of, with
-- how many findings it has and the gravest of them
select
    file as "tệp",
    filing_state as "trạng thái",
    count(*) filter (where severity = 'fail') as "lỗi",
    count(*) filter (where severity = 'warn') as "cảnh báo",
    (array_agg(concat_ws(' ', nullif(sheet, ''), nullif(cell, '')) order by severity, finding_no))[1]
        as "ô",
    (array_agg(message_vi order by severity, finding_no))[1] as "nội dung"
from mart.finding
where is_current
group by filing_id, file, filing_state
order by filing_state desc, file, filing_id
