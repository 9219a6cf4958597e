-- makes star_figure
-- reads star_member, mart.indicator_on_map, dw.dim_indicator
-- one row per unit of star_member, period, measure and indicator that it has a figure of
-- why fetched unit by unit (offset 0), so that one filing reads the figures of its own province
create temporary table star_figure on commit drop as
select
    row_number() over ()::integer as figure_no,
    m.year, m.level, m.unit_id, m.district_id, m.province_id, f.period, f.measure,
    f.indicator_key, i.kind, f.numerator, f.denominator, f.value, f.units_expected,
    f.units_reported,
    case
        when f.shares_unknown > 0 then 'split_without_weights'
        when f.value is not null then ''
        when i.merger = 'none' then 'parts_make_no_number'
        when f.denominator = 0 then 'denominator_is_zero'
        else 'not_counted'
    end as reason,
    f.is_self_filed
from star_member as m
cross join lateral (
    select
        o.period, o.measure, o.indicator_key, o.numerator, o.denominator, o.value,
        o.units_expected, o.units_reported, o.shares_unknown, o.is_self_filed
    from mart.indicator_on_map as o
    where
        o.unit_map = m.unit_map and o.level = m.level and o.unit_key = m.unit_key
        and o.year = m.year
    offset 0
) as f
inner join dw.dim_indicator as i using (indicator_key)
