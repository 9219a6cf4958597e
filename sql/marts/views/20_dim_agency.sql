-- makes mart.dim_agency
-- reads dw.dim_agency
-- one row per agency of a unit
-- why who answers for a task is found by agency_key
create view mart.dim_agency as
select
    agency_key, agency_code, level as agency_level, name_vi as agency_name_vi,
    name_en as agency_name_en, unit_level, ref.unit_id(unit_level, unit_key) as unit_id, unit_code
from dw.dim_agency;
