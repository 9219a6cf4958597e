-- one row per district count of a touched unit and year that is not the sum of its communes
-- severity: fail
-- vi: số của huyện không phải tổng các xã
with touched as (
    select distinct c.commune_key, c.district_key, c.unit_type, c.valid_from, c.valid_to, t.year
    from (
        select distinct province_key, district_key, year from stg.touched
        where district_key is not null or commune_key is null
    ) as t
    inner join dw.dim_commune as c
        on c.province_key = t.province_key and c.district_key = coalesce(t.district_key, c.district_key)
),

-- where a commune was not in force on the figure's day, another may have filed the same; of an
-- indicator about xã a township's figure is none of the sum. Found commune by commune (offset 0)
communes as (
    select
        c.district_key, c.year, a.period, a.measure, a.indicator_key, sum(a.numerator) as numerator
    from touched as c
    cross join lateral (
        select o.period, o.measure, o.indicator_key, o.numerator, o.figure_on
        from dw.agg_indicator as o
        where
            o.level = 'commune' and o.unit_key = c.commune_key and o.year = c.year
            and o.unit_map = 'as_filed' and o.numerator is not null
        offset 0
    ) as a
    inner join dw.dim_indicator as i using (indicator_key)
    where ref.in_scope(i.unit_scope, c.unit_type)
    group by c.district_key, c.year, a.period, a.measure, a.indicator_key
    having bool_and(a.figure_on >= c.valid_from and a.figure_on < c.valid_to)
)

select d.unit_key, d.year, d.period, d.measure, d.indicator_key
from dw.agg_indicator as d
inner join communes as c
    on c.district_key = d.unit_key and c.year = d.year and c.period = d.period
    and c.measure = d.measure and c.indicator_key = d.indicator_key
where
    d.level = 'district' and d.unit_map = 'as_filed' and not d.is_self_filed
    and d.numerator <> c.numerator
