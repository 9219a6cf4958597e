-- makes star_fund_stage
-- reads star_fund_stage, star_fund_line
-- one row per province, level below it, period, line of money and stage that it has more or less of
--   than the units of that level have together
-- why what a province has planned, or filed for itself, is in the sum over every level; what only a
--   district's communes in another province reported, in that province's alone
insert into star_fund_stage (
    year, level, unit_id, province_id, period, fund_key, programme_code, stage, units_reported,
    amount
)
select
    s.year, b.level, ref.rest_id(b.level, s.province_id), s.province_id, s.period, s.fund_key,
    s.programme_code, s.stage, 0, sum(d.amount)
from star_fund_stage as s
inner join (values ('commune'), ('district')) as b (level) on s.level in (b.level, 'province')
cross join lateral (
    select case s.level when 'province' then s.amount else -s.amount end as amount
) as d
left join (
    select unit_id, year, period, fund_key from star_fund_line where not is_whole
) as k on (k.unit_id, k.year, k.period, k.fund_key) = (s.province_id, s.year, s.period, s.fund_key)
where d.amount is not null
group by b.level, s.year, s.province_id, s.period, s.fund_key, s.programme_code, s.stage
having sum(d.amount) <> 0 and (
    s.stage in ('need', 'plan') or bool_or(s.level = 'province') or bool_and(k.unit_id is null)
)
