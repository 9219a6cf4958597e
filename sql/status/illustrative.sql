-- grain: one row per form and the words by which accepted filings of it call their figures invented
select
    form as "biểu",
    illustrative_note as "ghi trên hồ sơ",
    count(*) as "số hồ sơ"
from mart.filing_status
where state = 'accepted' and illustrative_note <> ''
group by form, illustrative_note
order by form, illustrative_note
