-- one row per district count, in a touched province and year, that is not the sum of its communes
-- severity: fail
-- vi: số của huyện không phải tổng các xã
with scope as (
    select * from dw.agg_indicator
    where
        (province_key, year) in (select province_key, year from stg.touched)
        and unit_map = 'as_filed'
),

-- where a commune was not in force on the figure's day, another may have filed the same; of an
-- indicator about xã a township's figure is none of the sum
communes as (
    select
        s.district_key, s.year, s.period, s.measure, s.indicator_key, sum(s.numerator) as numerator
    from scope as s
    inner join dw.dim_commune as c on c.commune_key = s.unit_key
    inner join dw.dim_indicator as i using (indicator_key)
    where
        s.level = 'commune' and s.numerator is not null
        and ref.in_scope(i.unit_scope, c.unit_type)
    group by s.district_key, s.year, s.period, s.measure, s.indicator_key
    having bool_and(s.figure_on >= c.valid_from and s.figure_on < c.valid_to)
)

select d.unit_key, d.year, d.period, d.measure, d.indicator_key
from scope as d
inner join communes as c
    on c.district_key = d.unit_key and c.year = d.year and c.period = d.period
    and c.measure = d.measure and c.indicator_key = d.indicator_key
where d.level = 'district' and not d.is_self_filed and d.numerator <> c.numerator
