-- makes fund_stage
-- reads fund_stage, stg.period_part
-- one row per amount of a period that all shorter ones make up, unless it was filed, or the line is
--   split in other ways in other parts
-- why what is disbursed in each month alone is that of a quarter, or since 1 January, in sum. Of
--   months that lack one there is none
insert into fund_stage (
    level, commune_key, district_key, province_key, year_from, year, period, fund_key, line_key,
    stage, amount, is_stated
)
with made_of as (
    select p.period, p.parts, p.last_part, array_agg(distinct w.part) as within
    from stg.period_part as p
    inner join stg.period_part as q using (period)
    cross join unnest(q.parts) as w (part)
    group by p.period, p.parts, p.last_part
)

select distinct on (
    s.level, s.commune_key, s.district_key, s.province_key, s.year_from, s.year, p.period,
    s.fund_key, s.stage
)
    s.level, s.commune_key, s.district_key, s.province_key, s.year_from, s.year, p.period,
    s.fund_key, s.line_key, s.stage, w.amount, true
from made_of as p
inner join fund_stage as s on s.period = p.last_part and s.year_from = s.year
cross join lateral (
    select
        sum(a.amount) filter (where a.fund_key = s.fund_key and a.period = any(p.parts)) as amount,
        count(*) filter (where a.fund_key = s.fund_key and a.period = any(p.parts)) as parts,
        count(*) filter (where a.fund_key <> s.fund_key and a.period = any(p.parts)) as beside,
        count(distinct a.fund_key) filter (where a.fund_key <> s.fund_key) as natures
    from fund_stage as a
    where
        a.level = s.level and a.commune_key is not distinct from s.commune_key
        and a.district_key = s.district_key and a.province_key = s.province_key
        and a.year_from = s.year_from and a.year = s.year and a.line_key = s.line_key
        and a.stage = s.stage and a.period = any(p.within) and a.amount is not null
) as w
where
    s.stage in ('allocated', 'disbursed', 'mobilised') and w.parts = cardinality(p.parts)
    and w.beside = w.natures * w.parts
    and not exists (
        select from fund_stage as f
        where
            f.level = s.level and f.commune_key is not distinct from s.commune_key
            and f.district_key = s.district_key and f.province_key = s.province_key
            and f.year_from = s.year_from and f.year = s.year and f.period = p.period
            and f.line_key = s.line_key and f.stage = s.stage
    )
order by
    s.level, s.commune_key, s.district_key, s.province_key, s.year_from, s.year, p.period,
    s.fund_key, s.stage, cardinality(p.parts)
