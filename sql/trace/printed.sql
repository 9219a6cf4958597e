-- grain: one row per figure of the unit's own document that it prints of an indicator
select distinct f.unit_name, f.year || '-' || f.period as period_key, f.text_as_filed, f.sheet, f.cell, f.file
from mart.figure_trace as f
where
    f.unit_code = :unit and f.code = :indicator and f.fact = 'target' and f.is_current
    and f.measure in ('assigned_total', 'assigned') and f.level <> 'commune'
    and (f.year = :year or :year is null) and (:period in (f.period, f.year || '-' || f.period) or :period is null)
order by 1, 2, 6, 4, 5
