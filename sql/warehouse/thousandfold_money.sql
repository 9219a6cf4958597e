-- grain: one row per accepted filing of this batch and stage of money whose lines together are some
-- thousand times as much, or as little, as the same lines of the nearest other filing, and each of them
-- fifty times or more: its largest amount, and the sums of these lines. Of units below of which some
-- have not reported only that they were given more is known; what is disbursed grows within its year
with compared as (
    select
        filing_id, stage, year_before, period_before, source, sum(amount) as now,
        sum(before) as before, min(amount / before) as least, max(amount / before) as most,
        min(sheet) as sheet, (array_agg(cell order by amount desc, cell))[1] as cell,
        stage = stage_before as is_alike, bool_and(is_whole) as is_whole
    from amount_before
    where (stage = 'disbursed') = (stage_before = 'disbursed')
    group by filing_id, stage, stage_before, year_before, period_before, before_id, source
),

nearest as (
    select distinct on (filing_id, stage) *
    from compared
    order by
        filing_id, stage, year_before desc, is_alike desc,
        ref.last_day(period_before, year_before) desc, period_before, source
)

select filing_id, sheet, cell, trim_scale(now) as now, trim_scale(before) as before, source
from nearest
where
    (least >= 50 and is_whole and stage <> 'disbursed' or most <= 0.02)
    and greatest(now / before, before / now) between 200 and 5000
order by filing_id, sheet, cell
