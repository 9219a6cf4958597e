-- grain: one row a touched province or a district of it, years, period, project line and source.
-- What a district filed itself (its plan) stands beside the sums of its communes; a year's plan
-- stands beside each period's execution, one of several years beside none. A need is the unit's
-- own, no sum of those below it. District 0 is none: a commune's parent is its province then.
insert into dw.agg_fund (
    level, unit_key, district_key, province_key, year_from, year, period, fund_key,
    need_million_vnd, plan_million_vnd, allocated_million_vnd, disbursed_million_vnd,
    units_expected, units_reported
)
with scope as (
    select distinct province_key, year from stg.touched
),

execution as (
    select
        coalesce(district_key, 0) as district_key, province_key, year_from, year, period, fund_key,
        sum(plan_million_vnd) as plan, sum(allocated_million_vnd) as allocated,
        sum(disbursed_million_vnd) as disbursed, count(*) as units_reported
    from dw.agg_fund
    where
        level = 'commune' and units_reported > 0
        and (province_key, year) in (select province_key, year from scope)
    group by coalesce(district_key, 0), province_key, year_from, year, period, fund_key
),

filed as (
    select
        coalesce(f.district_key, 0) as district_key, f.province_key, f.year_from, f.year, f.period,
        f.fund_key, f.stage, sum(f.amount_million_vnd) as amount
    from dw.fact_fund as f
    inner join raw.filing as g using (filing_id)
    where
        g.state = 'accepted' and g.superseded_by is null and f.level <> 'commune'
        and (f.stage <> 'need' or f.state = 'value')
        and (f.province_key, f.year) in (select province_key, year from scope)
    group by 1, f.province_key, f.year_from, f.year, f.period, f.fund_key, f.stage
),

periods as (
    select distinct province_key, year_from, year, period, true as is_executed from execution
    union
    select distinct province_key, year_from, year, 'Y', false from filed
    where (province_key, year_from, year) not in (
        select province_key, year_from, year from execution where period = 'Y'
    )
),

own as (
    select
        f.district_key, f.province_key, f.year_from, f.year, p.period, f.fund_key,
        sum(f.amount) filter (where f.stage = 'need') as need,
        sum(f.amount) filter (where f.stage = 'plan') as plan,
        sum(f.amount) filter (where f.stage = 'allocated') as allocated,
        sum(f.amount) filter (where f.stage = 'disbursed') as disbursed
    from filed as f
    inner join periods as p
        on p.province_key = f.province_key and p.year_from = f.year_from and p.year = f.year
        and (f.period = 'Y' or f.period = p.period)
    group by f.district_key, f.province_key, f.year_from, f.year, p.period, f.fund_key
),

districts as (
    select
        district_key, province_key, year_from, year, period, fund_key, o.need,
        coalesce(o.plan, e.plan) as plan, coalesce(o.allocated, e.allocated) as allocated,
        coalesce(o.disbursed, e.disbursed) as disbursed,
        coalesce(e.units_reported, 0) as units_reported
    from execution as e
    full join own as o using (district_key, province_key, year_from, year, period, fund_key)
),

expected as (
    select
        coalesce(c.district_key, 0) as district_key, c.province_key, d.year_from, d.year, d.period,
        count(*) as units_expected
    from periods as d
    inner join dw.dim_province as p using (province_key)
    inner join dw.dim_commune as c
        on c.province_key = p.province_key
        -- a plan is of its first day, what was done with it of the period's last
        and least(p.valid_to - 1, greatest(p.valid_from, case
            when d.period = 'H1' then make_date(d.year, 6, 30)
            when d.is_executed then make_date(d.year, 12, 31)
            else make_date(d.year_from, 1, 1)
        end)) between c.valid_from and c.valid_to - 1
    group by coalesce(c.district_key, 0), c.province_key, d.year_from, d.year, d.period
)

select
    'district', d.district_key, d.district_key, d.province_key, d.year_from, d.year, d.period,
    d.fund_key, d.need, d.plan, d.allocated, d.disbursed,
    -- a district that ended before the period did keeps the communes of its plan
    coalesce(e.units_expected, (
        select count(*) from dw.dim_commune as c
        where
            c.district_key = d.district_key
            and make_date(d.year_from, 1, 1) between c.valid_from and c.valid_to - 1
    )),
    d.units_reported
from districts as d
left join expected as e using (district_key, province_key, year_from, year, period)
where d.district_key <> 0
union all
select
    'province', d.province_key, null, d.province_key, d.year_from, d.year, d.period, d.fund_key,
    max(d.need) filter (where d.district_key = 0),
    sum(d.plan), sum(d.allocated), sum(d.disbursed),
    (
        select sum(e.units_expected) from expected as e
        where (e.province_key, e.year_from, e.year, e.period)
            = (d.province_key, d.year_from, d.year, d.period)
    ),
    sum(d.units_reported)
from districts as d
group by d.province_key, d.year_from, d.year, d.period, d.fund_key
-- what only a district needs is no row of the province
having
    max(d.need) filter (where d.district_key = 0) is not null
    or num_nonnulls(sum(d.plan), sum(d.allocated), sum(d.disbursed)) > 0
    or sum(d.units_reported) > 0
