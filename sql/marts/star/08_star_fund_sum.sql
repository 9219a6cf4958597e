-- makes star_fund_stage
-- reads star_fund_stage
-- one row per district or province and line of money whose plan or need communes or districts stated
--   and it itself stated none of that programme: what they stated together
-- why the sum over provinces is that over districts; who states a plan of its own has that alone
insert into star_fund_stage (
    year, level, unit_id, district_id, province_id, period, fund_key, programme_code, stage,
    units_reported, amount
)
with stated as (
    select
        s.year, s.level, s.unit_id, s.district_id, s.province_id, s.period, s.fund_key,
        s.programme_code, s.stage, s.amount,
        exists (
            select from star_fund_stage as o
            where
                (o.level, o.unit_id) = ('district', s.district_id) and o.amount is not null
                and (o.year, o.period, o.programme_code, o.stage)
                = (s.year, s.period, s.programme_code, s.stage)
        ) as is_planned_above
    from star_fund_stage as s
    where s.stage in ('need', 'plan') and s.amount is not null
),

below as (
    select
        year, 'district' as level, district_id as unit_id, district_id, province_id, period,
        fund_key, programme_code, stage, amount
    from stated
    where level = 'commune' and district_id is not null and not is_planned_above
    union all
    select
        year, 'province', province_id, null, province_id, period, fund_key, programme_code, stage,
        amount
    from stated
    where level = 'district' or (level = 'commune' and not is_planned_above)
)

select
    b.year, b.level, b.unit_id, b.district_id, b.province_id, b.period, b.fund_key,
    b.programme_code, b.stage, 0, sum(b.amount)
from below as b
where
    not exists (
        select from star_fund_stage as o
        where
            (o.level, o.unit_id) = (b.level, b.unit_id) and o.amount is not null
            and (o.year, o.period, o.programme_code, o.stage)
            = (b.year, b.period, b.programme_code, b.stage)
    )
group by
    b.year, b.level, b.unit_id, b.district_id, b.province_id, b.period, b.fund_key,
    b.programme_code, b.stage
