-- grain: one row per finding that rejected a filing (the first three of each) or warned of it
select
    f.original_name as "tệp",
    n.severity as "mức",
    concat_ws(' ', nullif(n.sheet, ''), nullif(n.cell, '')) as "ô",
    n.message_vi as "nội dung"
from raw.filing as f
inner join ops.finding as n using (filing_id)
where n.finding_no <= 3
order by f.state desc, f.original_name, n.finding_no
limit 40
