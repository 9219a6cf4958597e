-- one row per aggregate, in a province and year of touched units, that rests on more units than there are
-- severity: fail
-- vi: nhiều đơn vị báo cáo hơn số đơn vị có
select a.level, a.unit_key, a.year, a.period, a.measure, a.indicator_key
from dw.agg_indicator as a
where
    a.level <> 'commune'
    and (a.province_key, a.year) in (select province_key, year from stg.touched_province)
    and (a.units_reported > a.units_expected or a.districts_reported > a.districts_expected)
union all
select a.level, a.unit_key, a.year, a.period, a.measure, a.indicator_key
from stg.touched_province as t
inner join dw.dim_commune as c using (province_key)
inner join dw.agg_indicator as a
    on a.level = 'commune' and a.unit_key = c.commune_key and a.year = t.year
where a.units_reported > a.units_expected or a.districts_reported > a.districts_expected
union all
select level, unit_key, year, period, measure, unnest(indicator_keys)
from dw.agg_indicator_unknown
where
    (province_key, year) in (select province_key, year from stg.touched_province)
    and (units_reported > units_expected or districts_reported > districts_expected)
