-- grain: one row a target of a stale place about communes one by one (a list of communes, a minimum
-- of each), reported period, and commune of the place on the figure's day. A list is frozen at the
-- start of the target's first year or tested again by the rate of the figure's own day.
insert into dw.agg_target_commune
with asked as (
    select
        t.unit_map, t.level, t.unit_key, t.target_id,
        t.year_from, t.year, t.operator, t.target_value, t.gathered, t.source,
        substring(t.sub_population from '[0-9]+')::numeric as list_pct,
        t.sub_population ~ '_retested$' as is_retested,
        f.indicator_key as figure_key, p.indicator_key as rate_key
    from dw.agg_target as t
    inner join stale_place using (unit_map, level, unit_key)
    inner join dw.dim_indicator as i using (indicator_key)
    inner join dw.dim_indicator as f
        on f.indicator_code
        = case t.source when 'lowest' then i.each_unit_of else i.indicator_code end
    inner join dw.dim_indicator as p on p.indicator_code = 'poverty_rate'
    where t.source in ('list', 'lowest')
),

member as (
    select u.unit_map, u.level, u.unit_key, c.commune_key, c.valid_from, c.valid_to
    from (select distinct unit_map, level, unit_key from asked) as q
    inner join ref.map_unit as u using (unit_map, level, unit_key)
    inner join ref.unit_map as w using (map_unit_no)
    inner join dw.dim_commune as c using (commune_key)
    where w.weight = 1
),

reported as (
    select distinct
        q.unit_map, q.level, q.unit_key, q.target_id, a.year as actual_year,
        a.period as actual_period,
        case a.period when 'H1' then make_date(a.year, 6, 30) else make_date(a.year, 12, 31) end
        as figure_on
    from asked as q
    inner join member as m using (unit_map, level, unit_key)
    inner join place_figure as a
        on a.unit_map = q.unit_map and a.level = 'commune' and a.unit_key = m.commune_key
        and a.indicator_key = q.figure_key and a.measure = 'actual'
        and a.year between q.year_from and q.year
        and (q.gathered <> 'average' or a.period = 'Y')
),

figures as (
    select
        q.*, r.actual_year, r.actual_period, m.commune_key, a.numerator, a.denominator, a.value,
        p.value as list_rate, p.value >= q.list_pct as is_listed,
        case
            when q.source = 'lowest' and q.gathered <> 'year' then
                r.actual_year - q.year_from + 1
            else 1
        end as years_expected
    from reported as r
    inner join asked as q using (unit_map, level, unit_key, target_id)
    inner join member as m
        on m.unit_map = q.unit_map and m.level = q.level and m.unit_key = q.unit_key
        and r.figure_on >= m.valid_from and r.figure_on < m.valid_to
    left join place_figure as a
        on a.unit_map = q.unit_map and a.level = 'commune' and a.unit_key = m.commune_key
        and a.indicator_key = q.figure_key and a.measure = 'actual'
        and a.year = r.actual_year and a.period = r.actual_period
    left join place_figure as p
        on q.source = 'list' and p.unit_map = q.unit_map and p.level = 'commune'
        and p.unit_key = m.commune_key and p.indicator_key = q.rate_key
        and (p.measure, p.year, p.period) = case
            when q.is_retested then ('actual'::text, r.actual_year, r.actual_period)
            else ('baseline'::text, q.year_from, 'OPEN'::text)
        end
),

gathered as (
    select
        f.*,
        coalesce(sum(value) filter (where actual_period = 'Y') over before, 0) + value as total,
        count(value) filter (where actual_period = 'Y') over before
        + (value is not null)::integer as years_known
    from figures as f
    window before as (
        partition by unit_map, level, unit_key, target_id, commune_key
        order by actual_year, actual_period
        rows between unbounded preceding and 1 preceding
    )
),

counted as (
    select
        g.*,
        case
            when years_expected = 1 then value
            when years_known < years_expected then null
            when gathered = 'average' then total / years_known
            else total
        end as figure
    from gathered as g
)

select
    unit_map, level, unit_key, target_id, actual_year, actual_period, commune_key, list_rate,
    is_listed, numerator, denominator, figure,
    source = 'lowest' and (
        figure < case operator when '~' then target_value * 0.95 else target_value end
        or operator = '>' and figure = target_value
    ) as is_below
from counted
