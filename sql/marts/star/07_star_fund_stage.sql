-- makes star_fund_stage
-- reads star_fund_line, star_member, dw.dim_fund
-- one row per unit of star_member, year, period, line of money and stage: the amount. Plan and need are
--   of the year: they stand at period Y alone
-- why of one stated for the whole programme its lines have a part, and the programme the rest, so
--   that the sum over lines is the programme's
create temporary table star_fund_stage on commit drop as
with line as materialized (
    select
        m.year, m.level, m.unit_id, m.district_id, m.province_id, f.period, f.fund_key,
        d.programme_code, d.source, d.is_whole_programme, s.stage, s.amount, f.units_expected, f.units_reported
    from star_fund_line as f
    inner join star_member as m using (unit_id, year)
    inner join dw.dim_fund as d using (fund_key)
    cross join lateral (
        values ('need', f.need), ('plan', f.plan), ('allocated', f.allocated),
        ('disbursed', f.disbursed), ('mobilised', f.mobilised)
    ) as s (stage, amount)
    where s.amount is not null and (f.period = 'Y' or s.stage not in ('need', 'plan'))
),

lines_of_whole as (
    select
        l.year, l.unit_id, l.period, l.programme_code, l.source, l.stage, sum(l.amount) as amount
    from line as l
    inner join (
        select distinct year, unit_id, period from line where is_whole_programme
    ) as w using (year, unit_id, period)
    where not l.is_whole_programme
    group by l.year, l.unit_id, l.period, l.programme_code, l.source, l.stage
)

select
    year, l.level, unit_id, l.district_id, l.province_id, period, l.fund_key, programme_code, stage,
    l.units_expected, l.units_reported,
    case when l.is_whole_programme then l.amount - coalesce(o.amount, 0) else l.amount end as amount
from line as l
left join lines_of_whole as o using (year, unit_id, period, programme_code, source, stage)
