-- grain: one row per target of the unit, or of one in :keys, that a cell states
with stated as materialized (
    select
        level, unit_key, target_id, indicator_code, coalesce(asked_by, basis) as stated_by,
        target_value, document, filing_id, sheet, cell
    from mart.target
    where
        (level = :level and unit_key = :unit_key or level = 'commune' and unit_key = any(:keys))
        and unit_map in (:unit_map, 'as_filed') and :year between year_from and year
        and filing_id is not null
)

select distinct
    s.level, s.unit_key, s.target_id, s.indicator_code, s.stated_by, s.target_value, s.document,
    f.unit_name, f.file, f.sheet, f.cell, f.text_as_filed, f.correction_reason
from stated as s
inner join mart.figure_trace as f
    on f.fact = 'target' and (f.filing_id, f.sheet, f.cell) = (s.filing_id, s.sheet, s.cell)
order by s.indicator_code, s.stated_by, s.target_id
