-- grain: one row per cell of a filing that waits to be checked whose figure is a correction's
select u.filing_id, u.sheet, u.cell
from ops.correction_use as u
inner join raw.filing as f using (filing_id)
where f.state = 'staged' and u.outcome = 'applied'
