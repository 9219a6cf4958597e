-- grain: one row per year that any of a unit's annexes of a programme, or its page, has figures of
select year from mart.attainment
where
    level = :level and unit_key = any(:unit_keys) and unit_map = :unit_map
    and programme_code = :programme
union
select generate_series(year_from::integer, year) as year from mart.fund_on_map
where
    level = :level and unit_key = any(:unit_keys) and unit_map = 'as_filed'
    and programme_code = :programme
union
select u.year from mart.indicator_by_unit as u
inner join dw.shown_indicator as s using (indicator_code, measure)
where
    u.level = :level and u.unit_key = any(:unit_keys)
    and u.unit_map = :unit_map and s.programme_code = :programme and u.measure <> 'baseline'
order by year
