-- makes former_total
-- reads filed_whole, beside_whole, dw.dim_indicator
-- one row per figure of filed_whole: the sum of the units that filed it and the communes beside them,
--   and the day whose communes count: the figure's, or the nearest that any of them is of
-- why where one is known that lies in the province whole, one that does not is missing like a commune
--   that has not filed; where there is none, no part of it is known
create temporary table former_total on commit drop as
with part as (
    select
        map_unit_no, year, period, measure, indicator_key, counted_on, is_whole, numerator,
        denominator, units_reported, districts_reported, districts_self_filed, 0 as shares_unknown
    from filed_whole
    union all
    select
        map_unit_no, year, period, measure, indicator_key, counted_on, true, sum(numerator),
        sum(denominator), sum(units), count(distinct district_key) filter (where had_begun), 0,
        sum(shares_unknown)
    from beside_whole
    group by map_unit_no, year, period, measure, indicator_key, counted_on
),

dated as (
    select
        map_unit_no, year, period, measure, indicator_key, is_whole, numerator, denominator,
        units_reported, districts_reported, districts_self_filed, shares_unknown, counted_on,
        first_value(counted_on) over (
            partition by map_unit_no, year, period, measure, indicator_key
            order by abs(counted_on - ref.figure_day(measure, period, year)), counted_on
        ) as nearest_on
    from part
)

select
    map_unit_no, year, period, measure, indicator_key, nearest_on as counted_on, i.unit_scope,
    i.kind, i.per,
    sum(numerator) filter (where is_whole) as numerator,
    sum(denominator) filter (where is_whole) as denominator,
    coalesce(sum(units_reported) filter (where is_whole and counted_on = nearest_on), 0)
    as units_reported,
    coalesce(sum(districts_reported) filter (where is_whole and counted_on = nearest_on), 0)
    as districts_reported,
    coalesce(sum(districts_self_filed) filter (where is_whole), 0) as districts_self_filed,
    case when bool_or(is_whole) then sum(shares_unknown) else count(*) end as shares_unknown
from dated
inner join dw.dim_indicator as i using (indicator_key)
group by
    map_unit_no, year, period, measure, indicator_key, nearest_on, i.unit_scope, i.kind, i.per
