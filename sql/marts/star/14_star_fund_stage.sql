-- makes star_fund_stage
-- reads star_fund_line, star_member, dw.dim_fund
-- one row per unit of star_member, year, period, line of money and stage: the amount. Plan and need are
--   of the year: they stand at period Y alone
-- why of one stated for the whole programme its lines have a part, and the programme the rest, so
--   that the sum over lines is the programme's
create temporary table star_fund_stage on commit drop as
with line as (
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
    where f.period = 'Y' or s.stage not in ('need', 'plan')
)

select
    year, level, unit_id, district_id, province_id, period, fund_key, programme_code, stage,
    units_expected, units_reported,
    case
        when amount is not null and is_whole_programme then amount - coalesce(
            sum(amount) filter (where not is_whole_programme) over w, 0
        )
        else amount
    end as amount
from line
window w as (partition by year, unit_id, period, programme_code, source, stage)
