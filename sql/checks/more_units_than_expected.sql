-- grain: one row an aggregate that rests on more units than there are
-- severity: fail
select level, unit_key, year, period, measure, indicator_key
from dw.agg_indicator
where units_reported > units_expected or districts_reported > districts_expected
