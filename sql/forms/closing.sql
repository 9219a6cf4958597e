-- grain: one row per unit of a day (:on) and indicator: the figure at the end of a year, of the
-- unit itself or in sum of what it came of whole, if every commune reported; of what is counted by
-- the poverty line, where the next year has another standard, what was counted by that one
select u.unit_code, i.indicator_code, round(a.value, i.decimals) as value
from mart.unit as u
inner join mart.indicator_on_map as a on a.level = u.level and a.unit_key = u.unit_key
inner join dw.dim_indicator as i using (indicator_key)
where
    u.unit_code = any(:units) and u.valid_from <= :on and u.valid_to > :on
    and a.unit_map = coalesce((
        select d.unit_map from mart.unit_map as d
        where d.map_on <= :on and d.map_on >= u.valid_from
        order by d.map_on desc
        limit 1
    ), 'as_filed')
    and a.value is not null and a.units_reported = a.units_expected
    and a.year in (:year, :year + 1)
    and (a.year, a.period, a.measure) in (
        select *
        from (values (:year, 'Y', 'actual'), (:year + 1, 'OPEN', 'baseline')) as p (year, period, measure)
        where (p.year > :year) = (
            i.by_standard and not exists (
                select from dw.dim_year as y
                inner join dw.dim_year as n on n.poverty_standard = y.poverty_standard
                where y.year = :year and n.year = :year + 1
            )
        )
    )
order by u.unit_code, i.indicator_code
