-- makes mart.dim_map
-- reads ref.map_date
-- one row per map of units, that of the filing's day too
-- why readers see which maps there are, and which the marts made for dragging stand on
create view mart.dim_map as
select
    unit_map, map_on, 'Địa giới ngày ' || to_char(map_on, 'DD/MM/YYYY') as map_vi,
    'units of ' || map_on as map_en, map_on = (select max(map_on) from ref.map_date) as is_latest
from ref.map_date
union all
select 'as_filed', null, 'Địa giới lúc báo cáo', 'units as they filed', false;
