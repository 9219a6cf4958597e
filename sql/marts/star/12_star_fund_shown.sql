-- makes star_fund_shown
-- reads star_member, star_fund_stage, dw.dim_period, dw.star_fund
-- one row per province and year: of the periods since 1 January the one that most communes of the
--   province report money by, the later of two, and whether it was that before, or there was no money
-- why it is the year's, of all its units and levels the same: what was done by June and by December is
--   never added up
create temporary table star_fund_shown on commit drop as
with shown as (
    select distinct on (s.province_id, s.year) s.province_id, s.year, s.period
    from star_fund_stage as s
    inner join dw.dim_period as d using (period)
    where d.first_month = 1 and s.stage not in ('need', 'plan') and s.amount is not null
    group by s.province_id, s.year, s.period, d.last_month
    order by
        s.province_id, s.year,
        max(s.units_reported::numeric / nullif(s.units_expected, 0)) filter (
            where s.level = 'province'
        ) desc nulls last,
        d.last_month desc, s.period
)

select
    province_id, year, coalesce(s.period, 'Y') as period,
    coalesce(s.period, 'Y') = coalesce(
        (
            select a.period from dw.star_fund as a
            where (a.province_id, a.year) = (m.province_id, m.year) and a.is_of_year limit 1
        ),
        s.period, 'Y'
    ) as is_as_before
from (select distinct province_id, year from star_member) as m
left join shown as s using (province_id, year)
