-- makes mart.unit_map
-- reads ref.map_date
-- one row per date whose map of units figures are expressed on
-- why readers see which maps there are
create view mart.unit_map as
select map_on, unit_map from ref.map_date;
