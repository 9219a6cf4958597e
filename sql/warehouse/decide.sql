-- grain: one row per filing of this batch: accepted unless a finding of it is a fail.
update raw.filing as f
set
    state = case when v.fails > 0 or f.form is null then 'rejected' else 'accepted' end,
    warnings = v.warns
from (
    select
        g.filing_id,
        count(*) filter (where n.severity = 'fail') as fails,
        count(*) filter (where n.severity = 'warn') as warns
    from raw.filing as g
    left join ops.finding as n using (filing_id)
    where g.filing_id = any(:batch)
    group by g.filing_id
) as v
where f.filing_id = v.filing_id;
