-- grain: one row a touched district or province, year, period, measure and indicator.
-- Every level divides its own sums; a commune counts only where both its counts are known.
insert into dw.agg_indicator
with scope as (
    select distinct district_key, province_key, year from stg.touched
),

sums as (
    select
        case when grouping(district_key) = 0 then 'district' else 'province' end as level,
        district_key, province_key, year, period, measure, indicator_key,
        sum(numerator) as numerator,
        sum(denominator) as denominator,
        count(*) as units_reported,
        count(distinct district_key) as districts_reported
    from dw.agg_indicator
    where
        level = 'commune' and numerator is not null
        and (province_key, year) in (select province_key, year from scope)
    group by grouping sets (
        (district_key, province_key, year, period, measure, indicator_key),
        (province_key, year, period, measure, indicator_key)
    )
),

-- the day whose units are expected: the figure's own, while the province was
dated as (
    select
        s.*,
        least(
            greatest(
                case
                    when s.measure not in ('actual', 'preliminary') then make_date(s.year, 1, 1)
                    when s.period = 'H1' then make_date(s.year, 6, 30)
                    else make_date(s.year, 12, 31)
                end,
                p.valid_from
            ),
            p.valid_to - 1
        ) as units_on
    from sums as s
    inner join dw.dim_province as p using (province_key)
),

days as (
    select distinct units_on from dated
),

expected as (
    select
        c.district_key, c.province_key, days.units_on, count(*) as units_expected
    from dw.dim_commune as c
    inner join days on days.units_on >= c.valid_from and days.units_on < c.valid_to
    where c.province_key in (select province_key from scope)
    group by c.district_key, c.province_key, days.units_on
),

expected_province as (
    select
        province_key, units_on,
        sum(units_expected) as units_expected,
        count(district_key) as districts_expected
    from expected
    group by province_key, units_on
)

select
    s.level,
    case s.level when 'district' then s.district_key else s.province_key end,
    s.district_key, s.province_key, s.year, s.period, s.measure, s.indicator_key,
    s.numerator, s.denominator,
    case i.kind
        when 'count' then s.numerator
        else 100 * s.numerator / nullif(s.denominator, 0)
    end,
    coalesce(e.units_expected, p.units_expected), s.units_reported,
    case s.level when 'district' then 1 else p.districts_expected end, s.districts_reported
from dated as s
inner join dw.dim_indicator as i using (indicator_key)
inner join expected_province as p using (province_key, units_on)
left join expected as e
    on s.level = 'district' and e.district_key = s.district_key and e.units_on = s.units_on
where
    (s.level = 'province')
    or (s.level = 'district' and s.district_key in (select district_key from scope))
