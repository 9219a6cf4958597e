-- grain: one row per figure, or amount of money of a project, of a unit on a map and unit (or cell)
-- that it rests on
with of_project as (
    select
        t.unit_map, t.level, t.unit_name, t.period_key, t.stage,
        concat_ws(', ', f.project_vi, f.source_vi, f.nature_vi, 'triệu đồng') as line, t.from_name, t.from_order, t.from_id,
        t.amount_million_vnd, t.cell, t.text_as_filed, t.sheet, t.file, t.correction_reason
    from mart.trace_fund as t
    inner join mart.dim_fund as f using (fund_key)
    where
        t.unit_code = :unit and coalesce(t.project_code, t.programme_code) = :indicator
        and t.unit_map = :unit_map and (:year between t.year_from and t.year or :year is null)
        and (t.period_key in (t.year || '-' || :period, :period) or :period is null)
),

found as (
    select
        t.unit_map, t.level, t.unit_name, t.period_key, 'measures' as words, t.measure, t.indicator_vi, t.per,
        t.from_name, t.numerator, t.denominator, t.cells, t.texts_as_filed, t.sheet, t.file,
        t.correction_reason, t.from_order, t.from_id
    from mart.trace as t
    where
        t.unit_code = :unit and t.indicator_code = :indicator and t.unit_map = :unit_map
        and (t.year = :year or :year is null)
        and (t.period_key in (t.year || '-' || :period, :period) or :period is null)
    union all
    select
        unit_map, level, unit_name, period_key, 'stages', stage, line, 1, from_name, amount_million_vnd,
        null, cell, text_as_filed, sheet, file, correction_reason, from_order, from_id
    from of_project
)

select
    unit_map, level, unit_name, period_key, words, measure, indicator_vi, per, from_name, numerator,
    denominator, cells, texts_as_filed, sheet, file, correction_reason
from found
order by level, unit_name, period_key, words, measure, indicator_vi, from_order, from_id, sheet, cells
