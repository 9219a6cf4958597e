-- makes dw.agg_indicator_own
-- reads unit_figure
-- one row per figure that a touched district or province filed for itself
-- why it stands for the unit's communes where not all of them reported (district_over_sum,
--   province_over_sum), and is compared with their sum where they did
insert into dw.agg_indicator_own (
    level, unit_key, district_key, province_key, year, period, measure, indicator_key, numerator,
    denominator, value
)
select
    level, unit_key, district_key, province_key, year, period, measure, indicator_key, numerator,
    denominator, value
from unit_figure
where level <> 'commune'
