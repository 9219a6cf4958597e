-- grain: one row per staged figure that is a fact and was not loaded
select b.filing_id, b.sheet, b.cell, coalesce(b.code, '') as code, coalesce(b.kind, '') as kind
from bound_figure as b
where
    (b.kind is null or b.kind in ('indicator', 'fund', 'target', 'responsibility', 'duty', 'text'))
    and not exists (
        select from dw.fact_indicator as f
        where (f.filing_id, f.sheet, f.cell) = (b.filing_id, b.sheet, b.cell)
    )
    and not exists (
        select from dw.fact_fund as f
        where (f.filing_id, f.sheet, f.cell) = (b.filing_id, b.sheet, b.cell)
    )
    and not exists (
        select from dw.fact_target as f
        where (f.filing_id, f.sheet, f.cell) = (b.filing_id, b.sheet, b.cell)
    )
    and not exists (
        select from dw.fact_responsibility as f
        where (f.filing_id, f.sheet, f.cell) = (b.filing_id, b.sheet, b.cell)
    )
    and not exists (
        select from dw.fact_duty as f
        where (f.filing_id, f.sheet, f.cell) = (b.filing_id, b.sheet, b.cell)
    )
    and not exists (
        select from dw.fact_text as f
        where (f.filing_id, f.sheet, f.cell) = (b.filing_id, b.sheet, b.cell)
    )
order by 1, 2, length(b.cell), b.cell
limit 20
