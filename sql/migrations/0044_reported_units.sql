-- How many units reported is asked by a naive distinct count. Of a year's counts it reads one index in
-- the order of provinces and districts, and sorts nothing.

alter table dw.star_year add column is_rate boolean;
update dw.star_year as a
set is_rate = i.kind = 'rate'
from dw.dim_indicator as i
where i.indicator_key = a.indicator_key;
alter table dw.star_year alter column is_rate set not null;
-- period and reason stand in every view of the table: without them the index is not enough
create index star_year_counted on dw.star_year (year, unit_id, indicator_key, period, reason)
where level = 'commune' and not is_rate and value is not null;
create index dim_unit_in_province on dw.dim_unit (province_name, unit_id) include (is_rest)
where is_on_map;
create index dim_unit_in_district on dw.dim_unit (province_name, district_name, unit_id)
include (is_rest) where is_on_map;
-- a trace begins at the figures that a unit's own are numerators of
create index figure_part_above on ref.figure_part (part_key, part_measure, part_period)
where side = 'numerator';
