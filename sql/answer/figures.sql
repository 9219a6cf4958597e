-- grain: one row per filing of the batch: how many figures of it count, loaded or still to be loaded
with fact as (
    select filing_id, state from dw.fact_indicator where filing_id = any(:batch)
    union all
    select filing_id, state from dw.fact_fund where filing_id = any(:batch)
    union all
    select filing_id, state from dw.fact_target where filing_id = any(:batch)
    union all
    select filing_id, state from dw.fact_responsibility where filing_id = any(:batch)
    union all
    select filing_id, state from dw.fact_duty where filing_id = any(:batch)
    union all
    select filing_id, state from dw.fact_text where filing_id = any(:batch)
    union all
    select g.filing_id, g.state
    from stg.figure as g
    inner join raw.filing as f using (filing_id)
    inner join stg.slot as s using (slot_id)
    where
        f.filing_id = any(:batch) and f.state = 'checked'
        and (
            s.basis = 'assigned_total'
            or s.kind in ('indicator', 'fund', 'target', 'responsibility', 'duty', 'text')
            and not s.repeat
        )
)

select filing_id, count(*) as figures from fact where state = 'value' group by filing_id
