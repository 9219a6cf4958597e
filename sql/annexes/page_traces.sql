-- grain: one row per figure of the unit, or of communes on the map, and unit whose filings it rests on:
-- of the year, of what is drawn through the years (:drawn) in any
select
    t.unit_id, t.indicator_code, t.year, split_part(t.period_key, '-', 2) as period, t.measure,
    t.measure_vi, t.measure_en, t.indicator_vi, t.per, t.from_id, t.from_name, o.district_name,
    t.numerator, t.denominator, t.cells, t.texts_as_filed, t.sheet, t.file, t.correction_reason
from mart.trace as t
inner join mart.dim_unit as o on o.unit_id = t.from_id
where
    t.unit_map = :unit_map and t.indicator_code = any(:codes)
    and (t.year = :year or t.indicator_code = any(:drawn))
    and t.unit_id = any(array(select ref.unit_id(:of_level, k) from unnest(cast(:keys as integer [])) as k))
order by t.indicator_code, t.year, t.period_key, t.measure, t.from_level desc, t.from_order, t.from_id
