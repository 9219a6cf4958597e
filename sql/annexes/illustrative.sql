-- grain: one row per map and figure of the unit, or of one in :communes, that was filed: whether it
-- rests on figures that their own filing calls invented
select unit_map, level, unit_key, year, period, measure, code, is_illustrative
from mart.illustrative_figure
where level = :level and unit_key = :unit_key or level = 'commune' and unit_key = any(:communes)
