-- grain: one row a date whose map of units figures are expressed on
create view mart.unit_map as
select map_on, unit_map from ref.map_date;
