-- Puts what every figure follows from by addition into ref.figure_part: a row per indicator, measure,
-- period, side of its quotient and figure that is a part of it; derived_key where it is so only
-- while the whole was not filed itself.
delete from ref.figure_part;

insert into ref.figure_part (
    indicator_key, indicator_code, measure, period, side, sign, part_key, part_code, part_measure,
    part_period, derived_key, of_measure, of_period, parts
)
with measure as (
    select measure
    from (
        values ('baseline'), ('assigned'), ('registered'), ('actual'), ('preliminary'),
        ('estimate'), ('plan_next')
    ) as m (measure)
),

side as (
    select
        i.indicator_key, i.indicator_code, m.measure, p.period, 'numerator' as side,
        coalesce(case i.kind when 'rate' then i.numerator_code end, i.indicator_code) as code,
        m.measure as of_measure, p.period as of_period, i.kind
    from dw.dim_indicator as i
    cross join measure as m
    cross join dw.dim_period as p
    union all
    select
        i.indicator_key, i.indicator_code, m.measure, p.period, 'denominator', i.denominator_code,
        case when s.is_opening then 'baseline' else m.measure end,
        case when s.is_opening then 'OPEN' else p.period end, i.kind
    from dw.dim_indicator as i
    cross join measure as m
    cross join dw.dim_period as p
    cross join lateral (
        select i.denominator_measure = 'opening' or m.measure in ('assigned', 'registered') as is_opening
    ) as s
    where i.kind = 'rate' and i.denominator_measure <> 'register'
)

select
    s.indicator_key, s.indicator_code, s.measure, s.period, s.side, 1 as sign, f.indicator_key as part_key,
    s.code as part_code, s.of_measure as part_measure, s.of_period as part_period, null::smallint as derived_key,
    s.of_measure, s.of_period, 1::bigint as parts
from side as s
inner join dw.dim_indicator as f on f.indicator_code = s.code
union all
select
    s.indicator_key, s.indicator_code, s.measure, s.period, s.side, d.sign, f.indicator_key, d.part_code, d.part_measure,
    d.part_period, o.indicator_key, s.of_measure, s.of_period, d.parts
from side as s
inner join (
    select
        indicator_code, measure, period, sign, part_code, part_measure, part_period,
        count(*) over (partition by indicator_code, measure, period) as parts
    from ref.derivation
) as d
    on d.indicator_code = s.code and d.measure = s.of_measure and d.period = s.of_period
inner join dw.dim_indicator as f on f.indicator_code = d.part_code
inner join dw.dim_indicator as o on o.indicator_code = s.code;

analyze ref.figure_part;
