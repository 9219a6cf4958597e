-- makes star_fund_line
-- reads star_member, ref.map_unit, stg.fund_done, dw.agg_fund, stg.map_member
-- one row per unit of star_member, year, period, project line, source and nature: its money
-- why it says what stg.fund_line does of the latest map, of all units at once: what was done is added
--   up once a unit, and its communes are counted once a period
create temporary table star_fund_line on commit drop as
with unit as (
    select m.year, m.level, m.unit_key, m.unit_id, u.map_unit_no
    from star_member as m
    inner join ref.map_unit as u using (unit_map, level, unit_key)
),

done as materialized (  -- found unit by unit (offset 0)
    select
        u.unit_id, u.map_unit_no, u.year, d.period, d.fund_key, d.units_reported, d.is_whole,
        case when d.is_whole then d.allocated end as allocated,
        case when d.is_whole then d.disbursed end as disbursed,
        case when d.is_whole then d.mobilised end as mobilised
    from unit as u cross join lateral (
        select f.period, f.fund_key, f.units_reported, f.is_whole, f.allocated, f.disbursed, f.mobilised
        from stg.fund_done as f where f.map_unit_no = u.map_unit_no and f.year_from = u.year and f.year = u.year
        offset 0
    ) as d
),

own as materialized (
    select u.unit_id, u.map_unit_no, u.year, o.fund_key, o.need, o.plan
    from unit as u cross join lateral (
        select a.fund_key, a.need_million_vnd as need, a.plan_million_vnd as plan
        from dw.agg_fund as a
        where
            (a.level, a.unit_key, a.year_from, a.year, a.period) = (u.level, u.unit_key, u.year, u.year, 'Y')
            and num_nonnulls(a.need_million_vnd, a.plan_million_vnd) > 0
        offset 0
    ) as o
),

reported as materialized (
    select t.unit_id, t.year, t.period, n.units_expected
    from (
        select unit_id, map_unit_no, year, period from done union select unit_id, map_unit_no, year, 'Y' from own
    ) as t
    cross join lateral (
        select count(*) as units_expected
        from stg.map_member as c
        where c.map_unit_no = t.map_unit_no and ref.nearest_day(
            ref.last_day(t.period, t.year), c.unit_from, c.unit_to
        ) between c.valid_from and c.valid_to - 1
    ) as n
)

select
    unit_id, year, period, fund_key, b.need, b.plan, d.allocated, d.disbursed, d.mobilised,
    r.units_expected, coalesce(d.units_reported, 0) as units_reported, coalesce(d.is_whole, true) as is_whole
from done as d
full join (
    select o.unit_id, o.year, t.period, o.fund_key, o.need, o.plan
    from own as o inner join reported as t using (unit_id, year)
) as b using (unit_id, year, period, fund_key)
inner join reported as r using (unit_id, year, period)
