-- One word, one thing: a unit is a commune, district or province; what a figure is counted in is
-- its unit of measure.
alter table dw.dim_indicator rename column unit to unit_of_measure;
alter table dw.fact_target rename column unit to unit_of_measure;
alter table dw.agg_target rename column unit to unit_of_measure;
alter table stg.slot rename column unit to unit_of_measure;
