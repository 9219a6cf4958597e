-- grain: one row per filing that was loaded not as it was staged: facts other than its figures that
-- are facts, or no figure in place of a version that has some
with staged as (
    select g.filing_id, count(*) as figures
    from bound_filing as b
    inner join stg.figure as g using (filing_id)
    where g.slot_id not in (
        select slot_id from stg.slot where (
            basis = 'assigned_total' or not repeat
            and kind in ('indicator', 'fund', 'target', 'responsibility', 'duty', 'text')
        ) is not true
    )
    group by g.filing_id
),

facts as not materialized (
    select filing_id, state from dw.fact_indicator
    union all select filing_id, state from dw.fact_fund
    union all select filing_id, state from dw.fact_target
    union all select filing_id, state from dw.fact_responsibility
    union all select filing_id, state from dw.fact_duty
    union all select filing_id, state from dw.fact_text
),

loaded as (
    select f.filing_id, count(*) as facts, bool_or(f.state <> 'blank') as is_filled
    from facts as f
    inner join raw.filing as g using (filing_id)
    where g.filing_id = any(:batch)
    group by f.filing_id
),

superseded as materialized (  -- few: what they said is asked of each (offset 0), of no other filing
    select filing_id as old_id, superseded_by as filing_id
    from raw.filing
    where superseded_by = any(:batch)
),

emptied as (
    select s.filing_id
    from superseded as s
    left join loaded as l using (filing_id)
    where
        l.is_filled is not true
        and exists (select from facts as f where f.filing_id = s.old_id and f.state <> 'blank' offset 0)
)

select g.filing_id, g.original_name, coalesce(s.figures, 0), coalesce(l.facts, 0),
    g.filing_id in (select filing_id from emptied) as is_emptied
from raw.filing as g
left join staged as s using (filing_id)
left join loaded as l using (filing_id)
where
    g.filing_id = any(:batch)
    and (
        coalesce(s.figures, 0) <> coalesce(l.facts, 0)
        or g.filing_id in (select filing_id from emptied)
    )
order by g.filing_id
