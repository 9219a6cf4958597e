-- grain: one row a target of a stale place and a reported period: the year's figure that its shape
-- asks for, of the unit or of communes in it (`source`); a target that nothing was reported for has
-- one row
create temporary table target_reported on commit drop as
with targets as (
    select t.*, i.indicator_code, i.kind, i.flow, i.fall_of, i.each_unit_of
    from dw.agg_target as t
    inner join stale_place using (unit_map, level, unit_key)
    inner join dw.dim_indicator as i using (indicator_key)
)

select
    t.*,
    r.year as actual_year, r.period as actual_period,
    case t.source
        when 'each' then r.value / nullif(s.communes, 0)
        when 'fall' then b.value - r.value
        else r.value
    end as figure,
    r.denominator as figure_denominator, r.units_expected as actual_expected,
    r.units_reported as actual_reported, coalesce(r.is_own, false) as is_own,
    r.shares_unknown as actual_shares_unknown,
    case when t.quantity = 'n_of_m' then s.communes end as actual_total,
    null::bigint as units_listed, null::bigint as units_below
from targets as t
inner join dw.dim_indicator as f
    on f.indicator_code = case t.source
        when 'each' then t.each_unit_of
        when 'fall' then t.fall_of
        else t.indicator_code
    end
left join place_figure as r
    on r.unit_map = t.unit_map and r.level = t.level and r.unit_key = t.unit_key
    and r.indicator_key = f.indicator_key and r.measure = 'actual'
    and r.year between t.year_from and t.year
    and (t.gathered <> 'average' or r.period = 'Y')
left join place_figure as b
    on t.source = 'fall' and b.unit_map = t.unit_map and b.level = t.level
    and b.unit_key = t.unit_key and b.indicator_key = f.indicator_key
    and b.measure = 'baseline' and b.period = 'OPEN' and b.year = t.year_from
-- how many communes there were on the figure's day, or on the last that the unit had any; "xã"
-- leaves wards and townships out
left join lateral (
    select count(*) as communes
    from (
        select c.unit_type, c.valid_from, c.valid_to, max(c.valid_to) over () - 1 as last_on
        from ref.map_unit as u
        inner join ref.unit_map as w using (map_unit_no)
        inner join dw.dim_commune as c using (commune_key)
        where
            u.unit_map = t.unit_map and u.level = t.level and u.unit_key = t.unit_key
            and w.weight = 1
    ) as c
    where
        (t.unit <> 'commune' or c.unit_type = 'xã')
        and least(
            case r.period when 'H1' then make_date(r.year, 6, 30)
                else make_date(r.year, 12, 31) end,
            c.last_on
        ) between c.valid_from and c.valid_to - 1
) as s on t.quantity = 'n_of_m' or t.source = 'each'
where t.source not in ('list', 'lowest')
union all
select
    t.*, c.actual_year, c.actual_period,
    case
        when t.source = 'lowest' then c.lowest
        when t.kind = 'rate' then 100 * c.numerator / nullif(c.denominator, 0)
        else c.numerator
    end,
    case when t.source = 'list' then c.denominator end, c.communes, c.communes_known, false,
    0, null, c.communes_listed, c.communes_below
from targets as t
left join (
    select
        c.unit_map, c.level, c.unit_key, c.target_id, c.actual_year, c.actual_period,
        min(c.figure) as lowest,
        sum(numerator) filter (where is_listed) as numerator,
        sum(denominator) filter (where is_listed) as denominator,
        count(*) as communes,
        count(*) filter (
            where case o.source when 'list' then not is_listed or is_listed and numerator is not null
            else figure is not null end
        ) as communes_known,
        case o.source when 'list' then count(*) filter (where is_listed) end
        as communes_listed,
        count(*) filter (where is_below) as communes_below
    from dw.agg_target_commune as c
    inner join targets as o using (unit_map, level, unit_key, target_id)
    group by
        c.unit_map, c.level, c.unit_key, c.target_id, o.source, c.actual_year, c.actual_period
) as c
    on c.unit_map = t.unit_map and c.level = t.level and c.unit_key = t.unit_key
    and c.target_id = t.target_id
where t.source in ('list', 'lowest')
