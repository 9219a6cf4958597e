-- one row per aggregate, of a unit computed again or unknown in its province, that rests on more units than there are
-- severity: fail
-- vi: nhiều đơn vị báo cáo hơn số đơn vị có
select level, unit_key, year, period, measure, indicator_key
from stg.touched_figure
where units_reported > units_expected or districts_reported > districts_expected
union all
select level, unit_key, year, period, measure, unnest(indicator_keys)
from dw.agg_indicator_unknown
where
    (province_key, year) in (select province_key, year from stg.touched_province)
    and (units_reported > units_expected or districts_reported > districts_expected)
