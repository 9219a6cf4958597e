-- makes dw.agg_indicator_bridged
-- reads unit_figure
-- one row per figure that a touched commune reached since the opening counts of those it came of
-- why it stands on the maps only, never as filed: nobody filed it
insert into dw.agg_indicator_bridged (
    commune_key, district_key, province_key, year, period, measure, indicator_key, numerator,
    denominator, value
)
select
    unit_key, district_key, province_key, year, period, measure, indicator_key, numerator,
    denominator, value
from unit_figure
where level = 'commune' and is_bridged
