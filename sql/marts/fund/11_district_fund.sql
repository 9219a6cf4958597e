-- makes dw.agg_fund
-- reads fund_total, fund_communes, dw.dim_commune
-- one row per district of a touched province, years, period, project line, source and nature
-- why a district that ended before the period did keeps the communes of its plan
insert into dw.agg_fund (
    level, unit_key, district_key, province_key, year_from, year, period, fund_key,
    need_million_vnd, plan_million_vnd, allocated_million_vnd, disbursed_million_vnd,
    mobilised_million_vnd, units_expected, units_reported
)
select
    'district', d.district_key, d.district_key, d.province_key, d.year_from, d.year, d.period,
    d.fund_key, d.need, d.plan, d.allocated, d.disbursed, d.mobilised,
    coalesce(e.units_expected, (
        select count(*) from dw.dim_commune as c
        where
            c.district_key = d.district_key
            and make_date(d.year_from, 1, 1) between c.valid_from and c.valid_to - 1
    )),
    d.units_reported
from fund_total as d
left join fund_communes as e using (district_key, province_key, year_from, year, period)
where d.district_key <> 0
