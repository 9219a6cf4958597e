-- grain: one row a unit and indicator: its figure at the end of a year, if every commune reported
-- and the unit of today (:on) is not another one than the unit that closed the year
select
    closing.unit_code,
    closing.indicator_code,
    closing.value
from mart.indicator_by_unit as closing
where
    closing.unit_map = 'as_filed'
    and closing.unit_code = any(:units)
    and closing.year = :year
    and closing.period = 'Y'
    and closing.measure = 'actual'
    and closing.value is not null
    and closing.units_reported = closing.units_expected
    and not exists (
        select from mart.unit as ended
        where
            ended.level = closing.level
            and ended.unit_code = closing.unit_code
            and ended.valid_from <= make_date(:year, 12, 31)
            and ended.valid_to > make_date(:year, 12, 31)
            and ended.valid_to <= :on
    )
order by closing.unit_code, closing.indicator_code
