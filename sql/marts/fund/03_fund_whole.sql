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
with made_of as materialized (
    select p.period, p.parts, p.last_part, array_agg(distinct w.part) as within
    from stg.period_part as p
    inner join stg.period_part as q using (period)
    cross join unnest(q.parts) as w (part)
    group by p.period, p.parts, p.last_part
),

last as materialized (  -- read once, for all that they may be the last of; a line's cells are alike
    select level, commune_key, district_key, province_key, year, period, fund_key, line_key, stage
    from fund_stage
    where
        year_from = year and stage in ('allocated', 'disbursed', 'mobilised')
        and period = any(array(select last_part from made_of))
),

lacking as materialized (
    select
        row_number() over () as whole_no, s.level, s.commune_key, s.district_key, s.province_key,
        s.year, p.period, s.fund_key, s.line_key, s.stage, p.parts, p.within
    from last as s inner join made_of as p on p.last_part = s.period
),

made as (
    select
        s.whole_no,
        sum(a.amount) filter (where a.fund_key = s.fund_key and n.is_part) as amount,
        count(distinct a.period) filter (where a.fund_key = s.fund_key and n.is_part) as parts,
        count(distinct (a.fund_key, a.period)) filter (where a.fund_key <> s.fund_key and n.is_part) as beside,
        count(distinct a.fund_key) filter (where a.fund_key <> s.fund_key) as natures,
        bool_or(a.period = s.period) as is_filed -- with a number or without
    from lacking as s inner join fund_stage as a using (level, district_key, province_key, year, line_key, stage)
    cross join lateral (select a.period = any(s.parts) as is_part) as n
    where
        coalesce(a.commune_key, 0) = coalesce(s.commune_key, 0) and a.year_from = a.year
        and (a.period = s.period or a.period = any(s.within) and a.amount is not null)
    group by s.whole_no
)

select distinct on (
    s.level, s.commune_key, s.district_key, s.province_key, s.year, s.period, s.fund_key, s.stage
)
    s.level, s.commune_key, s.district_key, s.province_key, s.year, s.year, s.period, s.fund_key,
    s.line_key, s.stage, m.amount, true
from lacking as s
inner join made as m using (whole_no)
where m.parts = cardinality(s.parts) and m.beside = m.natures * m.parts and not m.is_filed
order by
    s.level, s.commune_key, s.district_key, s.province_key, s.year, s.period, s.fund_key, s.stage,
    cardinality(s.parts)
