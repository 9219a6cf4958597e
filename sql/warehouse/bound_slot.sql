-- grain: one row per slot of the forms being loaded and period that their filings are of: what a figure
-- there is bound to, as far as neither its row nor its text says so; it is asked once, not for every
-- figure. Sums (of what is assigned a document's total is a target too), checks and repeats are no fact.
create temporary table bound_slot on commit drop as
select
    s.slot_id, p.period as filed_period,
    case s.basis when 'assigned_total' then 'target' else s.kind end as kind,
    s.code, s.programme_code, s.source, s.nature, s.stage, s.measure, s.basis, s.unit_of_measure,
    s.table_name, coalesce(s.year_offset, 0) as year_offset,
    ref.figure_period(s.period, s.figures, p.period) as period, i.indicator_key, f.fund_key,
    s.kind = 'indicator' and s.code is null as is_named_in_row,
    s.kind = 'fund' and r.is_in_row as is_fund_in_row,
    coalesce(s.basis = 'assigned_total', false) or not s.repeat and (
        s.kind in ('indicator', 'fund', 'target', 'attribute', 'responsibility', 'duty', 'text')
        or s.kind ~ '^target_'
    ) as is_fact
from stg.slot as s
inner join (
    select distinct g.form, b.period
    from bound_filing as b
    inner join raw.filing as g using (filing_id)
) as p using (form)
cross join lateral (
    select coalesce('in_row' in (s.code, s.source, s.nature), false) as is_in_row
) as r
left join dw.dim_indicator as i on s.kind = 'indicator' and i.indicator_code = s.code
left join dw.dim_fund as f
    on s.kind = 'fund' and not r.is_in_row and f.programme_code = s.programme_code
    and f.source = s.source and f.nature is not distinct from s.nature
    and coalesce(f.project_code, 'whole_programme') = coalesce(s.code, 'whole_programme')
