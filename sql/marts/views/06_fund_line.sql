-- makes stg.fund_line
-- reads dw.agg_fund, ref.map_unit, stg.fund_done, stg.map_member
-- one row per map and unit on it, years (year_from to year), period, project line, source and nature
-- why money is followed from communes into the unit that has them whole on a map; what a split commune
--   had a part of is unknown, since nobody files how money was split. A plan or a need is the unit's
--   own, beside each period; so is what it alone filed as done. One unit costs what it has
create view stg.fund_line as
select
    'as_filed'::text as unit_map, level, unit_key, year_from, year, period, fund_key,
    need_million_vnd, plan_million_vnd, allocated_million_vnd, disbursed_million_vnd,
    mobilised_million_vnd, units_expected, units_reported
from dw.agg_fund
union all
select
    m.unit_map, m.level, m.unit_key, f.year_from, f.year, f.period, f.fund_key, f.need, f.plan,
    f.allocated, f.disbursed, f.mobilised, f.units_expected, f.units_reported
from ref.map_unit as m
cross join lateral (
    with executed as not materialized (
        select
            year_from, year, period, fund_key, units_reported,
            case when is_whole then allocated end as allocated,
            case when is_whole then disbursed end as disbursed,
            case when is_whole then mobilised end as mobilised
        from stg.fund_done where map_unit_no = m.map_unit_no
    ),

    own as not materialized (
        select year_from, year, period, fund_key, need_million_vnd as need, plan_million_vnd as plan
        from dw.agg_fund
        where
            level = m.level and unit_key = m.unit_key and period = 'Y'
            and num_nonnulls(need_million_vnd, plan_million_vnd) > 0
    ),

    reported as not materialized (  -- not for each line of money; years are asked for one by one
        select
            year_from, year, period, (
                select count(*) from stg.map_member as n
                where n.map_unit_no = m.map_unit_no and ref.nearest_day(
                    ref.last_day(t.period, t.year), n.unit_from, n.unit_to
                ) between n.valid_from and n.valid_to - 1
            ) as units_expected
        from (select year_from, year, period from executed union select year_from, year, period from own) as t
    ),

    beside as (
        select year_from, year, t.period, o.fund_key, o.need, o.plan
        from own as o
        inner join reported as t using (year_from, year)
    )

    select
        year_from, year, period, fund_key, b.need, b.plan, e.allocated, e.disbursed, e.mobilised,
        t.units_expected, coalesce(e.units_reported, 0) as units_reported
    from executed as e
    full join beside as b using (year_from, year, period, fund_key)
    inner join reported as t using (year_from, year, period)
) as f
where m.unit_map <> 'as_filed';
