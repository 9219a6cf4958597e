-- makes target_reported
-- reads target_reported, target_of_communes, target_commune, judged_target
-- one row per target about communes one by one and reported period: the lowest commune's figure,
--   the sums of those on its list, or their mean; one that nothing was reported for has one row
-- why such a target rests on how many communes there were, are known, are listed, and are below
insert into target_reported (
    report_no, target_no, actual_year, actual_period, figure, figure_denominator, actual_expected,
    actual_reported, is_self_filed, actual_shares_unknown, actual_total, units_listed, units_below
)
with summed as (
    select
        c.target_no, c.actual_year, c.actual_period, min(c.figure) as lowest,
        sum(c.numerator) filter (where c.is_listed) as numerator,
        sum(c.denominator) filter (where c.is_listed) as denominator,
        count(*) as communes,
        count(c.numerator) filter (where c.is_listed) as communes_counted,
        count(*) filter (
            where case q.judged_by
                when 'list' then not c.is_listed or c.is_listed and c.numerator is not null
                else c.figure is not null
            end
        ) as communes_known,
        case q.judged_by
            when 'list' then count(*) filter (where c.is_listed)
        end as communes_listed,
        count(*) filter (where c.is_below) as communes_below
    from target_commune as c
    inner join target_of_communes as q using (target_no)
    group by c.target_no, q.judged_by, c.actual_year, c.actual_period
)

select
    (select count(*) from target_reported) + row_number() over (),
    q.target_no, c.actual_year, c.actual_period,
    case
        when q.judged_by = 'lowest' then c.lowest
        when q.is_mean then c.numerator / nullif(c.communes_counted, 0)
        when t.quantity = 'share_of_units' then 100.0 * c.numerator / nullif(c.communes, 0)
        when t.kind = 'rate' then t.per * c.numerator / nullif(c.denominator, 0)
        else c.numerator
    end,
    case when q.judged_by = 'list' then c.denominator end,
    c.communes, c.communes_known, false, 0,
    case
        when t.quantity in ('n_of_m', 'share_of_units', 'per_unit_average') then c.communes
    end,
    c.communes_listed, c.communes_below
from target_of_communes as q
inner join judged_target as t using (target_no)
left join summed as c using (target_no)
