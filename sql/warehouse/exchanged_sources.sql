-- grain: one row per accepted filing of this batch, stage of money and two sources whose shares of the
-- two are each other's of the nearest other filing within a tenth, lines that both filings have added
-- up: one of them is less than seven tenths, the other more than one and a half of what it was
with sums as materialized (
    select
        b.filing_id, b.stage, b.stage_before, b.year_before, b.period_before, b.before_id, b.source,
        f.source as of_source, f.source_vi, f.source_en, sum(b.amount) as now,
        sum(b.before) as before, min(b.sheet) as sheet,
        (array_agg(b.cell order by b.amount desc, b.cell))[1] as cell
    from amount_before as b
    inner join dw.dim_fund as f using (fund_key)
    where b.is_whole
    group by
        b.filing_id, b.stage, b.stage_before, b.year_before, b.period_before, b.before_id, b.source,
        f.source, f.source_vi, f.source_en
),

nearest as (
    select distinct on (a.filing_id, a.stage, a.of_source, b.of_source)
        a.filing_id, a.sheet, a.cell, a.source, a.source_vi as one_vi, a.source_en as one_en,
        b.source_vi as other_vi, b.source_en as other_en, a.now as one, b.now as other,
        a.before as one_before, b.before as other_before
    from sums as a
    inner join sums as b
        using (filing_id, stage, stage_before, year_before, period_before, source)
    where a.of_source < b.of_source and a.before_id is not distinct from b.before_id
    order by
        a.filing_id, a.stage, a.of_source, b.of_source, year_before desc, stage = stage_before desc,
        ref.last_day(period_before, year_before) desc, period_before, source
)

select
    filing_id, sheet, cell, one_vi, one_en, other_vi, other_en, trim_scale(one) as one,
    trim_scale(other) as other, trim_scale(one_before) as one_before,
    trim_scale(other_before) as other_before, source
from nearest
where
    abs(one / (one + other) - other_before / (one_before + other_before)) <= 0.1
    and least(one / one_before, other / other_before) < 0.7
    and greatest(one / one_before, other / other_before) > 1.5
order by filing_id, sheet, cell
