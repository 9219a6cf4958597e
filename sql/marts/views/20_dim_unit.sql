-- makes mart.dim_unit
-- reads dw.dim_unit
-- one row per version of a commune, district or province, and rest of one that is not split over
--   those below it
-- why a fact's unit_id leads to its place on the latest map, and to a label that tells old and new
--   units of one name apart
create view mart.dim_unit as
select
    unit_id, level, unit_code, unit_name, unit_label, unit_type, district_id, district_code,
    district_name, province_id, province_code, province_name, valid_from, valid_to, is_on_map,
    is_rest, sort_order
from dw.dim_unit;
