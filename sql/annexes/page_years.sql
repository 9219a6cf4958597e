-- grain: one row per year and period that the unit's figure of the programme's chart is known at,
-- on the map, with what changed since the start of the year: null where that is under another
-- standard or on other units
with figure as (
    select
        a.year, a.period, case when i.by_standard then y.poverty_standard else '' end as standard,
        a.numerator, a.denominator, a.value, i.decimals,
        a.units_reported, a.units_expected, a.is_self_filed, a.districts_reported,
        a.districts_expected, a.districts_self_filed
    from mart.indicator_on_map as a
    inner join dw.dim_indicator as i using (indicator_key)
    inner join dw.dim_year as y using (year)
    inner join mart.unit as u on u.level = a.level and u.unit_key = a.unit_key
    where
        u.level = :level and u.unit_code = :unit and u.unit_name = :unit_name
        and a.unit_map = :unit_map and i.indicator_code in (
            select indicator_code from dw.shown_indicator
            where programme_code = :programme and place = 'chart'
        )
        and a.value is not null
        and (a.measure = 'actual' or a.measure = 'baseline' and a.period = 'OPEN')
),

compared as (
    select
        f.*,
        coalesce(o.value, p.value) as start_value,
        coalesce(o.units_reported, p.units_reported) as start_reported,
        coalesce(o.units_expected, p.units_expected) as start_expected,
        f.period = 'OPEN' and f.value = p.value as is_said_already
    from figure as f
    left join figure as o on o.year = f.year and o.period = 'OPEN' and f.period <> 'OPEN'
    left join figure as p
        on p.year = f.year - 1 and p.period = 'Y' and p.standard = f.standard
)

select
    year, period, standard, numerator, denominator, round(value, decimals) as value,
    case
        when period = 'OPEN' then null
        when
            (units_reported, start_reported) = (units_expected, start_expected)
            or (units_reported, units_expected) = (start_reported, start_expected)
            then round(value - start_value, decimals)
    end as change,
    is_self_filed, case when not is_self_filed then ref.rests_on(
        units_reported, units_expected, districts_reported, districts_expected, districts_self_filed
    ) end as coverage
from compared
where is_said_already is not true
order by year, coalesce(ref.last_month(period), 0), period
