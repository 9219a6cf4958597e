-- grain: one row a stale unit, period, measure and indicator; as filed, or (:as_filed false) on the
-- maps. Every unit divides its own sums; a commune counts only where both its counts are known.
-- A unit in force on the figure's day that has it as filed has no row of its own on a map, unless
-- it has other communes there.
insert into dw.agg_indicator
with parts as (
    select
        s.map_unit_no, a.year, c.district_key, a.period, a.measure, a.indicator_key, a.figure_on,
        greatest(least(a.figure_on, c.valid_to - 1), c.valid_from) as nearest_on,
        sum(a.numerator * m.weight) as numerator,
        sum(a.denominator * m.weight) as denominator,
        sum(a.value * m.weight) as rate,
        count(*) as units,
        count(a.numerator) as units_counted,
        count(*) - count(m.weight) as shares_unknown,
        -- a later unit stands for the unit's communes of the day that it has whole
        sum(case when c.valid_from > a.figure_on then (
            select count(*) from ref.unit_path as p
            inner join dw.dim_commune as o on o.commune_key = p.from_key
            inner join ref.unit_map as w
                on w.commune_key = p.from_key and w.map_unit_no = s.map_unit_no
            where
                p.to_key = m.commune_key and p.weight = 1
                and a.figure_on >= o.valid_from and a.figure_on < o.valid_to
        ) else 0 end) as units_stood_for
    from stale_unit as s
    inner join ref.unit_map as m using (map_unit_no)
    inner join dw.agg_indicator as a
        on a.level = 'commune' and a.unit_key = m.commune_key and a.year = s.year
    inner join dw.dim_commune as c on c.commune_key = m.commune_key
    where
        (s.unit_map = 'as_filed') = :as_filed
        and (a.numerator is not null or s.level = 'commune')
        and case a.unit_map
            when 'as_filed' then
                :as_filed or not m.is_own
                or a.figure_on < s.valid_from or a.figure_on >= s.valid_to
            when 'bridged' then not :as_filed and not (s.level = 'commune' and m.is_own)
            else false
        end
        and not exists (
            select from counted_elsewhere as o
            where
                o.map_unit_no = s.map_unit_no and o.commune_key = m.commune_key
                and o.year = a.year and o.period = a.period and o.measure = a.measure
                and o.indicator_key = a.indicator_key
        )
    group by
        s.map_unit_no, a.year, c.district_key, a.period, a.measure, a.indicator_key, a.figure_on,
        nearest_on
),

sums as (
    select
        map_unit_no, year, period, measure, indicator_key,
        case when sum(shares_unknown) = 0 then sum(numerator) end as numerator,
        case when sum(shares_unknown) = 0 then sum(denominator) end as denominator,
        case when sum(units) = 1 and sum(units_counted) = 0 then sum(rate) end as rate,
        sum(shares_unknown) as shares_unknown,
        case
            when not bool_or(figure_on = nearest_on) or sum(units_counted) = 0 then sum(units)
            else
                coalesce(sum(units_counted) filter (where figure_on = nearest_on), 0)
                + sum(units_stood_for)
        end as units_reported,
        case
            when bool_or(figure_on = nearest_on)
                then count(district_key) filter (where figure_on = nearest_on)
            else count(district_key)
        end as districts_reported,
        bool_or(figure_on = nearest_on) as is_of_its_day,
        max(figure_on) as figure_on,
        case when bool_or(figure_on = nearest_on) then max(figure_on) else max(nearest_on) end as units_on
    from parts
    group by map_unit_no, year, period, measure, indicator_key
),

expected as (
    select
        d.map_unit_no, d.units_on, count(*) as units_expected,
        count(distinct c.district_key) as districts_expected
    from (select distinct map_unit_no, units_on from sums) as d
    inner join ref.unit_map as m using (map_unit_no)
    inner join dw.dim_commune as c
        on c.commune_key = m.commune_key
        and d.units_on >= c.valid_from and d.units_on < c.valid_to
    group by d.map_unit_no, d.units_on
)

select
    t.level, t.unit_key, coalesce(c.district_key, d.district_key),
    coalesce(c.province_key, d.province_key, t.unit_key), t.year, s.period, s.measure,
    s.indicator_key, s.numerator, s.denominator,
    case
        when i.kind = 'count' then s.numerator
        when s.numerator is not null then 100 * s.numerator / nullif(s.denominator, 0)
        when e.units_expected = 1 then s.rate
    end,
    e.units_expected,
    case when s.is_of_its_day then s.units_reported else least(s.units_reported, e.units_expected) end,
    e.districts_expected, least(s.districts_reported, e.districts_expected), t.unit_map, s.shares_unknown
from sums as s
inner join stale_unit as t using (map_unit_no, year)
inner join dw.dim_indicator as i using (indicator_key)
inner join expected as e using (map_unit_no, units_on)
left join dw.dim_commune as c on t.level = 'commune' and c.commune_key = t.unit_key
left join dw.dim_district as d on t.level = 'district' and d.district_key = t.unit_key
where
    :as_filed or s.figure_on < t.valid_from or s.figure_on >= t.valid_to
    or not exists (
        select from ref.unit_map as w where w.map_unit_no = s.map_unit_no and w.is_own
    )
    or not exists (
        select from dw.agg_indicator as o
        where
            o.level = t.level and o.unit_key = t.unit_key and o.year = t.year
            and o.period = s.period and o.measure = s.measure
            and o.indicator_key = s.indicator_key and o.unit_map in ('as_filed', 'bridged')
    )
