-- grain: one row per figure of a recognised filing that waits to be checked
select
    g.filing_id, g.slot_id, g.row_no, g.sheet, g.cell, g.subject, g.state, g.value, g.code,
    g.text
from stg.figure as g
inner join raw.filing as f using (filing_id)
where f.state = 'staged' and f.form is not null
