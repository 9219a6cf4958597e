-- makes dw.star_period
-- reads star_expected, star_figure, star_invented_figure, star_kept
-- one row per unit, period and indicator that it has reached something of, or should have filed
-- why no value stands beside why there is none. Stored by indicator, so that one is read together
insert into dw.star_period (
    level, unit_id, province_id, year, period, indicator_key, numerator, denominator, value,
    units_expected, units_reported, reason, is_self_filed, is_illustrative
)
with reached as (
    select
        figure_no, level, unit_id, province_id, year, period, indicator_key, numerator, denominator, value,
        units_expected, units_reported, reason, is_self_filed
    from star_figure
    where
        (measure = 'actual' or (measure = 'baseline' and period = 'OPEN'))
        and (unit_id, year) not in (select unit_id, year from star_kept)
),

filed_above as (
    select distinct e.unit_id, e.district_id, year, period, indicator_key
    from star_figure as f
    inner join star_expected as e using (district_id, year, period, indicator_key)
    where f.reason = 'not_split' and f.is_self_filed and f.level = 'commune' and e.level = 'commune'
)

select
    coalesce(f.level, e.level), unit_id, coalesce(f.province_id, e.province_id), year, period, indicator_key,
    f.numerator, f.denominator, f.value, f.units_expected, coalesce(f.units_reported, 0),
    case
        when f.figure_no is not null then f.reason
        when a.district_id is null then 'not_filed'
        else 'filed_above'
    end,
    coalesce(f.is_self_filed, false), n.figure_no is not null
from reached as f
full join star_expected as e using (unit_id, year, period, indicator_key)
left join star_invented_figure as n on n.figure_no = f.figure_no
left join filed_above as a using (unit_id, year, period, indicator_key)
order by ref.star_order(indicator_key, coalesce(f.level, e.level), year, period, unit_id)
