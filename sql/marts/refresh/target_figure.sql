-- grain: one row a target of a stale place and a reported period: the figure it is judged by, those
-- of several years summed or averaged, where it started, and how much of its way is due by then.
-- Formulas in words: docs/attainment.md
create temporary table target_figure on commit drop as
with running as (
    select
        r.*, i.direction, i.unit as indicator_unit, i.by_standard,
        case r.gathered when 'average' then greatest(i.decimals, 2) else i.decimals end
        as decimals,
        r.gathered in ('sum', 'average') and r.source <> 'lowest' as is_gathered,
        coalesce(sum(figure) filter (where actual_period = 'Y') over before, 0) + figure
        as figure_to_date,
        count(figure) filter (where actual_period = 'Y') over before
        + (figure is not null)::integer as years_reported,
        coalesce(
            bool_or(actual_reported < actual_expected)
            filter (where actual_period = 'Y') over before, false
        ) as was_partial,
        -- a minimum or an average of each commune gathers its years commune by commune
        r.actual_year - r.year_from + 1 as year_no,
        case
            when r.period_type in ('standing', 'each_year') then null
            when r.is_yearly then coalesce(r.actual_year, r.year)
            else r.year_from
        end as baseline_year
    from target_reported as r
    inner join dw.dim_indicator as i using (indicator_key)
    window before as (
        partition by r.unit_map, r.level, r.unit_key, r.target_id
        order by r.actual_year, r.actual_period
        rows between unbounded preceding and 1 preceding
    )
),

based as (
    select
        n.*,
        case when is_gathered then years_reported end as years_known,
        case when is_gathered then year_no end as years_expected,
        -- a yearly figure to be reached by the end of a period starts from the year before it; a
        -- level from the opening one, or where none was filed from the end of the year before
        case
            when n.source <> 'unit' or n.is_gathered then null
            when n.flow = 'flow' then case when not n.is_yearly then e.value end
            else coalesce(o.value, e.value)
        end as start_value,
        case when n.flow = 'stock' and o.value is not null then o.units_reported
            else e.units_reported end as start_reported,
        case when n.flow = 'stock' and o.value is not null then o.units_expected
            else e.units_expected end as start_expected,
        n.by_standard and not n.is_yearly and y.poverty_standard <> s.poverty_standard
        as is_crossing,
        case when n.by_standard then y.poverty_standard else '' end as poverty_standard
    from running as n
    inner join dw.dim_year as y on y.year = coalesce(n.actual_year, n.year)
    inner join dw.dim_year as s on s.year = n.year_from
    left join place_figure as o
        on o.unit_map = n.unit_map and o.level = n.level and o.unit_key = n.unit_key
        and o.year = n.baseline_year and o.indicator_key = n.indicator_key
        and o.measure = 'baseline' and o.period = 'OPEN'
    left join place_figure as e
        on e.unit_map = n.unit_map and e.level = n.level and e.unit_key = n.unit_key
        and e.year = n.baseline_year - 1 and e.indicator_key = n.indicator_key
        and e.measure = 'actual' and e.period = 'Y'
        and not (n.by_standard and exists (
            select from dw.dim_year as b, dw.dim_year as c
            where
                b.year = n.baseline_year and c.year = n.baseline_year - 1
                and b.poverty_standard <> c.poverty_standard
        ))
)

select
    b.*,
    case
        when is_crossing and (is_gathered or source = 'fall') then null
        when not is_gathered then figure
        when gathered = 'average' then
            case when years_known = years_expected then figure_to_date / years_known end
        else figure_to_date
    end as actual_exact,
    -- where only some communes filed their opening count, nobody knows where all started
    case
        when
            kind = 'rate' or start_reported >= case
                when units_expected = start_expected then units_reported
                else start_expected
            end
            then start_value
    end as baseline_value,
    coalesce(
        actual_period = 'Y' and (is_yearly or actual_year = year), false
    ) as is_final,
    -- the share of the way due by then, at an even pace; an average is due whole in every year
    100 * case
        when gathered = 'average' then 1
        when is_yearly then case actual_period when 'H1' then 0.5 else 1 end
        else (year_no - case actual_period when 'H1' then 0.5 else 0 end) / (year - year_from + 1)
    end as due_pct
from based as b
