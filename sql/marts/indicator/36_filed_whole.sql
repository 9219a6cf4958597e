-- makes filed_whole
-- reads former_unit, dw.agg_indicator, mart.indicator_on_map, dw.dim_indicator
-- one row per figure that an earlier province in a stale province of a map has of a day of its own, by
--   what it or a district in it filed for itself, or that a district of another one filed for itself
-- why it stands for all of its communes. Of a district that lies in the province in part nobody knows
--   which part
create temporary table filed_whole on commit drop as
select
    f.map_unit_no, f.unit_map, f.former_level, f.former_key, true as is_whole, a.year,
    a.period, a.measure, a.indicator_key, a.figure_on, a.numerator, a.denominator,
    a.units_reported, a.districts_reported, a.districts_self_filed
from former_unit as f
inner join dw.agg_indicator as a
    on a.level = 'province' and a.unit_key = f.former_key and a.year = f.year
    and a.unit_map = 'as_filed'
inner join dw.dim_indicator as i using (indicator_key)
where
    f.former_level = 'province' and a.numerator is not null and i.kind <> 'yes_no'
    and (a.is_self_filed or a.districts_self_filed > 0)
    and a.figure_on >= f.valid_from and a.figure_on < f.valid_to and not a.figure_on <@ f.outside
union all
select
    f.map_unit_no, f.unit_map, f.former_level, f.former_key, not d.units_on <@ f.outside,
    f.year, a.period, a.measure, a.indicator_key, d.figure_on, a.numerator, a.denominator,
    a.units_reported, a.districts_reported, 1
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
    select g.figure_on, ref.nearest_day(g.figure_on, f.valid_from, f.valid_to) as units_on
    from (select ref.figure_day(a.measure, a.period, f.year) as figure_on) as g
) as d
inner join dw.dim_indicator as i using (indicator_key)
where
    f.former_level = 'district' and i.kind <> 'yes_no'
    and d.units_on <@ f.inside and d.units_on <@ f.outside_province
