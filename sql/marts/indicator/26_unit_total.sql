-- makes unit_total
-- reads unit_sum, unit_expected, stale_unit, dw.dim_commune, dw.dim_district, dw.dim_indicator
-- one row per stale unit of a map, period, measure and indicator: its figure, and of how many
--   communes and districts it should be
-- why a rate is the unit's own sums divided; one filed without counts stands only for a single
--   commune, and what a merger leaves no number of has none for a commune of several
create temporary table unit_total on commit drop as
select
    t.map_unit_no, t.unit_map, t.level, t.unit_key,
    coalesce(c.district_key, d.district_key) as district_key,
    coalesce(c.province_key, d.province_key, t.unit_key) as province_key,
    t.year, s.period, s.measure, s.indicator_key, s.numerator, s.denominator,
    v.value, e.units_expected,
    case
        when s.is_of_its_day then s.units_reported
        else least(s.units_reported, e.units_expected)
    end as units_reported,
    e.districts_expected,
    least(s.districts_reported, e.districts_expected) as districts_reported,
    s.shares_unknown,
    t.level <> 'province' and num_nonnulls(s.numerator, s.denominator, v.value) = 0 as is_unknown,
    s.figure_on >= t.valid_from and s.figure_on < t.valid_to as is_in_force
from unit_sum as s
inner join stale_unit as t using (map_unit_no, year)
inner join dw.dim_indicator as i using (indicator_key)
inner join unit_expected as e using (map_unit_no, units_on, unit_scope)
cross join lateral (
    select case
        when t.level = 'commune' and i.merger = 'none' and greatest(s.parts, e.units_expected) > 1
            then null
        when i.kind in ('count', 'yes_no') then s.numerator
        when s.numerator is not null then i.per * s.numerator / nullif(s.denominator, 0)
        when e.units_expected = 1 then s.rate
    end as value
) as v
left join dw.dim_commune as c on t.level = 'commune' and c.commune_key = t.unit_key
left join dw.dim_district as d on t.level = 'district' and d.district_key = t.unit_key
