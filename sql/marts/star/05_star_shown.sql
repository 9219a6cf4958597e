-- makes star_shown
-- reads star_member, star_figure, dw.star_year, dw.dim_period
-- one row per province, year and indicator: the one period that most of the province is known of, the
--   later of two; and whether the province shows all of a year by the periods that it did before
-- why figures of two periods of a year are never added up, and all units of a province are of one day
create temporary table star_shown on commit drop as
with shown as (
    select distinct on (f.province_id, f.year, f.indicator_key)
        f.province_id, f.year, f.indicator_key, f.period
    from star_figure as f
    inner join dw.dim_period as d using (period)
    where f.measure = 'actual' and d.first_month = 1
    group by f.province_id, f.year, f.indicator_key, f.period, d.last_month
    order by
        f.province_id, f.year, f.indicator_key,
        max(f.units_reported::numeric / f.units_expected) filter (
            where f.level = 'province' and f.unit_id = f.province_id
        ) desc nulls last,
        d.last_month desc, f.period
),

before as (
    select a.province_id, a.year, a.indicator_key, a.period
    from (select distinct province_id, year from star_member) as m
    inner join dw.star_year as a using (province_id, year)
    where a.unit_id = a.province_id and a.period is not null
)

select
    province_id, year, indicator_key, s.period,
    bool_and(s.period is not distinct from b.period) over (partition by province_id, year) as is_as_before
from shown as s
full join before as b using (province_id, year, indicator_key)
