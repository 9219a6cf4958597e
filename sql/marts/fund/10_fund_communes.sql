-- makes fund_communes
-- reads fund_period, dw.dim_commune
-- one row per district of a touched province (0: none), years and period: how many communes it has
-- why a plan is of its first day, what was done with it of the period's last. A province that has no
--   communes then, since they went to another one, has those of its own last day
create temporary table fund_communes on commit drop as
with province as (
    select province_key, min(valid_from) as valid_from, max(valid_to) as valid_to
    from dw.dim_commune
    group by province_key
),

dated as (
    select
        d.province_key, d.year_from, d.year, d.period,
        ref.nearest_day(
            case
                when d.period <> 'Y' or d.is_executed then ref.last_day(d.period, d.year)
                else make_date(d.year_from, 1, 1)
            end,
            p.valid_from, p.valid_to
        ) as counted_on
    from fund_period as d
    inner join province as p using (province_key)
)

select
    coalesce(c.district_key, 0) as district_key, d.province_key, d.year_from, d.year, d.period,
    count(*) as units_expected
from dated as d
inner join dw.dim_commune as c
    on c.province_key = d.province_key
    and d.counted_on between c.valid_from and c.valid_to - 1
group by coalesce(c.district_key, 0), d.province_key, d.year_from, d.year, d.period
