-- makes stg.touched_figure
-- reads stg.touched_province, dw.dim_commune, dw.agg_indicator
-- one row per aggregate in a province and year of touched units
-- why checks ask of all of them; a commune's are found by the commune
create view stg.touched_figure as
select
    a.level, a.unit_key, a.year, a.period, a.measure, a.indicator_key, a.numerator, a.denominator,
    a.units_expected, a.units_reported, a.districts_expected, a.districts_reported
from stg.touched_province as t
inner join dw.agg_indicator as a using (province_key, year)
where a.level <> 'commune'
union all
select
    a.level, a.unit_key, a.year, a.period, a.measure, a.indicator_key, a.numerator, a.denominator,
    a.units_expected, a.units_reported, a.districts_expected, a.districts_reported
from stg.touched_province as t
inner join dw.dim_commune as c using (province_key)
inner join dw.agg_indicator as a
    on a.level = 'commune' and a.unit_key = c.commune_key and a.year = t.year;
