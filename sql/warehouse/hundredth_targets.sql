-- grain: one row per target of this batch in per cent or points, 1 or less, that is about a hundredth of
-- what else is known of its unit: of the same target of this year or the one before in a filing that
-- counts, or of the rate that its row's count is of what the unit had when the year began, which
-- where it is known decides alone
with asked as materialized (
    select
        f.*, coalesce(f.commune_key, f.district_key, f.province_key) as unit_key,
        i.name_vi, i.name_en, n.indicator_key as count_key, d.indicator_key as whole_key
    from dw.fact_target as f
    inner join dw.dim_indicator as i using (indicator_key)
    left join dw.dim_indicator as n on n.indicator_code = i.numerator_code
    left join dw.dim_indicator as d
        on d.indicator_code = i.denominator_code and i.denominator_measure = 'opening'
    where
        f.filing_id = any(:batch) and f.unit_of_measure in ('pct', 'pp')
        and f.target_value > 0 and f.target_value <= 1
),

beside as (
    select
        a.filing_id, a.sheet, a.cell, t.target_value as other, 2 as nearness, t.year,
        g.original_name as source
    from asked as a
    inner join dw.fact_target as t
        on (t.level, t.indicator_key, t.quantity, t.unit_of_measure, t.period_type)
        = (a.level, a.indicator_key, a.quantity, a.unit_of_measure, a.period_type)
        and (t.sub_population, t.unit_scope, t.measured_against)
        = (a.sub_population, a.unit_scope, a.measured_against)
        and coalesce(t.commune_key, t.district_key, t.province_key) = a.unit_key
        and t.year in (a.year - 1, a.year) and t.filing_id <> a.filing_id
    inner join raw.current_filing as g on g.filing_id = t.filing_id
    union all
    select
        a.filing_id, a.sheet, a.cell, round(100 * c.target_value / h.value, 2),
        (h.unit_map <> 'as_filed')::integer, h.year,
        '100 × ' || ref.number_text(c.target_value) || ' / ' || ref.number_text(h.value)
    from asked as a
    inner join dw.fact_target as c
        on (c.filing_id, c.level, c.year, c.indicator_key)
        = (a.filing_id, a.level, a.year, a.count_key)
        and coalesce(c.commune_key, c.district_key, c.province_key) = a.unit_key
    inner join dw.agg_indicator as h
        on (h.level, h.unit_key, h.indicator_key) = (a.level, a.unit_key, a.whole_key)
        and (h.year, h.period, h.measure)
        in ((a.year, 'OPEN', 'baseline'), (a.year - 1, 'Y', 'actual'))
    where h.value > 0 and c.target_value is not null
),

nearest as (
    select distinct on (filing_id, sheet, cell) *
    from beside
    order by filing_id, sheet, cell, nearness, year desc, source
)

select
    a.filing_id, a.sheet, a.cell, a.text_as_filed as seen, a.name_vi, a.name_en, n.other, n.source
from asked as a
inner join nearest as n using (filing_id, sheet, cell)
where n.other between 50 * a.target_value and 200 * a.target_value
order by a.filing_id, a.sheet, a.cell
