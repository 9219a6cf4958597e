-- makes filed_whole
-- reads former_unit, dw.agg_indicator, mart.indicator_on_map, dw.dim_indicator
-- one row per figure that an earlier province in a stale province of a map, or a district of one that
--   did not, filed for itself, and the day whose communes it counted
-- why it stands for all of its communes. Of a district that lies in the province in part nobody knows
--   which part
create temporary table filed_whole on commit drop as
with by_province as (
    select
        f.map_unit_no, f.former_level, f.former_key, true as is_whole, f.year, a.period, a.measure,
        a.indicator_key, a.figure_on as counted_on, a.numerator, a.denominator, a.units_reported,
        a.districts_reported, 0 as districts_self_filed
    from former_unit as f
    inner join dw.agg_indicator as a
        on a.level = 'province' and a.unit_key = f.former_key and a.year = f.year
        and a.unit_map = 'as_filed'
    inner join dw.dim_indicator as i using (indicator_key)
    where
        f.former_level = 'province' and a.is_self_filed and a.numerator is not null
        and i.kind <> 'yes_no' and not a.figure_on <@ f.outside
        and a.figure_on >= f.valid_from and a.figure_on < f.valid_to
)

select
    map_unit_no, former_level, former_key, is_whole, year, period, measure, indicator_key,
    counted_on, numerator, denominator, units_reported, districts_reported, districts_self_filed
from by_province
union all
select
    f.map_unit_no, f.former_level, f.former_key, not d.counted_on <@ f.outside, f.year, a.period,
    a.measure, a.indicator_key, d.counted_on, a.numerator, a.denominator, a.units_reported,
    a.districts_reported, 1
from former_unit as f
cross join lateral (  -- found district by district (offset 0)
    select
        m.period, m.measure, m.indicator_key, m.numerator, m.denominator, m.units_reported,
        m.districts_reported
    from mart.indicator_on_map as m
    where
        m.unit_map = f.unit_map and m.level = 'district' and m.unit_key = f.former_key
        and m.year = f.year and m.is_self_filed and m.numerator is not null
    offset 0
) as a
cross join lateral (
    select ref.nearest_day(
        ref.figure_day(a.measure, a.period, f.year), f.valid_from, f.valid_to
    ) as counted_on
) as d
inner join dw.dim_indicator as i using (indicator_key)
where
    f.former_level = 'district' and i.kind <> 'yes_no' and d.counted_on <@ f.inside
    and (f.map_unit_no, f.province_key, f.year, a.period, a.measure, a.indicator_key) not in (
        select map_unit_no, former_key, year, period, measure, indicator_key from by_province
    )
