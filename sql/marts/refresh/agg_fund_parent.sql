-- grain: one row a touched district or province, year, period, project line and source.
-- What a district filed itself (its plan) stands beside the sums of its communes; a year's
-- plan is shown beside the execution of each of its periods. District 0 is none: a commune's
-- parent is its province then.
insert into dw.agg_fund
with scope as (
    select distinct district_key, province_key, year from stg.touched
),

execution as (
    select
        coalesce(district_key, 0) as district_key, province_key, year, period, fund_key,
        sum(need_million_vnd) as need, sum(plan_million_vnd) as plan,
        sum(allocated_million_vnd) as allocated, sum(disbursed_million_vnd) as disbursed,
        count(*) as units_reported
    from dw.agg_fund
    where
        level = 'commune'
        and (province_key, year) in (select province_key, year from scope)
    group by coalesce(district_key, 0), province_key, year, period, fund_key
),

periods as (
    select distinct province_key, year, period, true as is_executed from execution
    union
    select distinct s.province_key, s.year, 'Y', false
    from scope as s
    where not exists (
        select from execution as e
        where e.province_key = s.province_key and e.year = s.year and e.period = 'Y'
    )
),

own as (
    select
        coalesce(f.district_key, 0) as district_key, f.province_key, f.year, p.period, f.fund_key,
        sum(f.amount_million_vnd) filter (where f.stage = 'need') as need,
        sum(f.amount_million_vnd) filter (where f.stage = 'plan') as plan,
        sum(f.amount_million_vnd) filter (where f.stage = 'allocated') as allocated,
        sum(f.amount_million_vnd) filter (where f.stage = 'disbursed') as disbursed
    from dw.fact_fund as f
    inner join raw.filing as g using (filing_id)
    inner join periods as p
        on p.province_key = f.province_key and p.year = f.year
        and (f.period = 'Y' or f.period = p.period)
    where
        g.state = 'accepted' and g.superseded_by is null and f.level <> 'commune'
        and (f.province_key, f.year) in (select province_key, year from scope)
    group by coalesce(f.district_key, 0), f.province_key, f.year, p.period, f.fund_key
),

districts as (
    select
        district_key, province_key, year, period, fund_key,
        coalesce(o.need, e.need) as need, coalesce(o.plan, e.plan) as plan,
        coalesce(o.allocated, e.allocated) as allocated,
        coalesce(o.disbursed, e.disbursed) as disbursed,
        coalesce(e.units_reported, 0) as units_reported
    from execution as e
    full join own as o using (district_key, province_key, year, period, fund_key)
),

expected as (
    select
        coalesce(c.district_key, 0) as district_key, c.province_key, d.year, d.period,
        count(*) as units_expected
    from periods as d
    inner join dw.dim_province as p using (province_key)
    inner join dw.dim_commune as c
        on c.province_key = p.province_key
        -- a plan is of the year's first day, what was done with it of the period's last
        and least(
            greatest(
                case
                    when d.period = 'H1' then make_date(d.year, 6, 30)
                    when d.is_executed then make_date(d.year, 12, 31)
                    else make_date(d.year, 1, 1)
                end,
                p.valid_from
            ),
            p.valid_to - 1
        ) between c.valid_from and c.valid_to - 1
    group by coalesce(c.district_key, 0), c.province_key, d.year, d.period
)

select
    'district', d.district_key, d.district_key, d.province_key, d.year, d.period, d.fund_key,
    d.need, d.plan, d.allocated, d.disbursed, e.units_expected, d.units_reported
from districts as d
inner join expected as e using (district_key, province_key, year, period)
where d.district_key in (select district_key from scope)
union all
select
    'province', d.province_key, null, d.province_key, d.year, d.period, d.fund_key,
    sum(d.need), sum(d.plan), sum(d.allocated), sum(d.disbursed),
    (
        select sum(e.units_expected) from expected as e
        where (e.province_key, e.year, e.period) = (d.province_key, d.year, d.period)
    ),
    sum(d.units_reported)
from districts as d
group by d.province_key, d.year, d.period, d.fund_key
