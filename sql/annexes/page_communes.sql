-- grain: one row per unit (of :keys at :of_level), period of the year that a figure of the page was
-- reported for, and such a figure: what was reached, and how what was registered (where nothing was,
-- what was assigned) is judged by it. What the communes that a unit was made of reached stands
-- without a figure where these make no number of the whole
with figure as (
    select
        a.unit_key, a.period, i.indicator_code, round(a.value, i.decimals) as value,
        a.is_self_filed, s.position, i.merger = 'none' and a.value is null as is_of_parts,
        case when not a.is_self_filed then ref.rests_on(
            a.units_reported, a.units_expected, a.districts_reported, a.districts_expected,
            a.districts_self_filed
        ) end as coverage
    from mart.indicator_on_map as a
    inner join dw.dim_indicator as i using (indicator_key)
    inner join dw.shown_indicator as s
        on s.indicator_code = i.indicator_code and s.programme_code = :programme
        and s.place = 'page' and s.measure = 'actual'
    where
        a.level = :of_level and a.unit_key = any(:keys) and a.unit_map = :unit_map
        and a.year = :year and a.measure = 'actual'
),

known as (
    select distinct unit_key, period from figure where value is not null or is_of_parts
),

judged as (
    select distinct on (u.unit_key, a.period, a.indicator_code)
        u.unit_key, a.period, a.indicator_code, a.verdict,
        coalesce(a.asked_by, a.basis) as stated_by, a.target_value
    from mart.attainment as a
    inner join mart.unit as u
        on u.level = a.level and u.unit_code = a.unit_code and u.unit_name = a.unit_name
        and u.unit_key = any(:keys)
    where
        a.level = :of_level and a.unit_map = :unit_map and a.year = :year
        and coalesce(a.programme_code, :programme) = :programme
        and (a.basis <> 'assigned' or a.asked_by <> 'own_plan')
    order by u.unit_key, a.period, a.indicator_code, a.basis not like 'registered%', a.basis
)

select
    unit_key, period, indicator_code, f.value, f.coverage, f.is_self_filed, f.is_of_parts, v.verdict,
    v.stated_by, v.target_value
from figure as f
inner join known using (unit_key, period)
left join judged as v using (unit_key, period, indicator_code)
order by unit_key, ref.last_month(period), period, f.position
