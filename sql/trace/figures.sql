-- grain: one row per figure of a unit on a map and unit that it rests on
select
    t.unit_map, t.level, t.unit_name, t.period_key, t.measure, t.indicator_vi, t.per, t.from_name,
    t.numerator, t.denominator, t.cells, t.texts_as_filed, t.sheet, t.file, t.correction_reason
from mart.trace as t
where
    t.unit_code = :unit and t.indicator_code = :indicator and t.unit_map = :unit_map
    and (t.year = :year or :year is null)
    and (t.period_key in (t.year || '-' || :period, :period) or :period is null)
order by t.level, t.unit_name, t.period_key, t.measure, t.from_order, t.from_id
