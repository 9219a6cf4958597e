-- makes target_commune
-- reads member_figure, target_of_communes
-- one row per target about communes one by one, reported period and commune: its figure of all the
--   years so far, and whether it is below the minimum
-- why a minimum over several years gathers them commune by commune
create temporary table target_commune on commit drop as
with summed as (
    select
        target_no, actual_year, actual_period, commune_key, numerator, denominator, value,
        list_rate, is_listed, years_expected,
        coalesce(sum(value) filter (where actual_period = 'Y') over before, 0) + value as total,
        count(value) filter (where actual_period = 'Y') over before
        + (value is not null)::integer as years_known
    from member_figure
    window before as (
        partition by target_no, commune_key
        order by actual_year, actual_period
        rows between unbounded preceding and 1 preceding
    )
),

gathered as (
    select
        s.target_no, s.actual_year, s.actual_period, s.commune_key, s.list_rate, s.is_listed,
        s.numerator, s.denominator, q.operator, q.target_value, q.judged_by,
        case
            when s.years_expected = 1 then s.value
            when s.years_known < s.years_expected then null
            when q.gathered = 'average' then s.total / s.years_known
            else s.total
        end as figure
    from summed as s
    inner join target_of_communes as q using (target_no)
)

select
    target_no, actual_year, actual_period, commune_key, list_rate, is_listed, numerator,
    denominator, figure,
    judged_by = 'lowest' and (
        figure < ref.bound(operator, 'up', target_value)
        or operator = '>' and figure = target_value
    ) as is_below
from gathered
