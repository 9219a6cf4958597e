-- grain: one row per year that any of a unit's annexes, or its page, has figures of
select year from mart.attainment
where
    level = :level and unit_code = :unit and unit_name = :unit_name and unit_map = :unit_map
union
select generate_series(year_from::integer, year) as year from mart.fund_use
where level = :level and unit_code = :unit and unit_name = :unit_name
union
select year from mart.indicator_by_unit
where
    level = :level and unit_code = :unit and unit_name = :unit_name and unit_map = :unit_map
    and (
        indicator_code = 'poor_households_reduction' and measure in ('assigned', 'registered')
        or indicator_code = 'poor_households' and measure = 'actual'
    )
order by year
