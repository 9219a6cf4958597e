-- makes fund_stage
-- reads fund_stage, stg.period_part
-- one row per amount of a period that all shorter ones make up, unless it was filed
-- why what is disbursed in each month alone is that of a quarter, or since 1 January, in sum. Of
--   months that lack one there is none
insert into fund_stage (
    level, commune_key, district_key, province_key, year_from, year, period, fund_key, stage,
    amount, is_stated
)
select distinct on (
    s.level, s.commune_key, s.district_key, s.province_key, s.year_from, s.year, p.period,
    s.fund_key, s.stage
)
    s.level, s.commune_key, s.district_key, s.province_key, s.year_from, s.year, p.period,
    s.fund_key, s.stage, w.amount, true
from stg.period_part as p
inner join fund_stage as s on s.period = p.last_part and s.year_from = s.year
cross join lateral (
    select sum(a.amount) as amount, count(a.amount) as parts
    from fund_stage as a
    where
        a.level = s.level and a.commune_key is not distinct from s.commune_key
        and a.district_key = s.district_key and a.province_key = s.province_key
        and a.year_from = s.year_from and a.year = s.year and a.fund_key = s.fund_key
        and a.stage = s.stage and a.period = any(p.parts)
) as w
where
    s.stage in ('allocated', 'disbursed', 'mobilised') and w.parts = cardinality(p.parts)
    and not exists (
        select from fund_stage as f
        where
            f.level = s.level and f.commune_key is not distinct from s.commune_key
            and f.district_key = s.district_key and f.province_key = s.province_key
            and f.year_from = s.year_from and f.year = s.year and f.period = p.period
            and f.fund_key = s.fund_key and f.stage = s.stage
    )
order by
    s.level, s.commune_key, s.district_key, s.province_key, s.year_from, s.year, p.period,
    s.fund_key, s.stage, cardinality(p.parts)
