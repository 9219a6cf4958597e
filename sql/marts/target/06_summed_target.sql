-- makes stated_target
-- reads stated_target, map_figure, stale_map_unit, stg.printed_total, dw.dim_indicator,
--   dw.agg_indicator, stg.stated_below
-- one row per stale map unit, indicator and basis (assigned_total, assigned_sum, registered_sum):
--   what communes in it were assigned, or registered, in sum
-- why nobody set the sum as a target, unless the document that assigned it to all of them prints it
--   as its total; it is judged as a sum, and counted and shown apart. A commune has one on a map that
--   it did not file on
insert into stated_target (
    target_no, place_no, figures_of, unit_map, level, unit_key, target_id, indicator_key, year, period, basis, operator,
    target_value, target_exact, unit_of_measure, text_as_printed, section, filing_id, sheet, cell,
    units_expected, units_reported, shares_unknown, quantity, period_type, year_from, year_to,
    sub_population, unit_scope, measured_against, is_aspirational, is_inferred, statement_no,
    document, is_current, named_standard, programme_code
)
with summed as (
    select
        u.place_no, u.figures_of, u.unit_map, u.level, u.unit_key, a.year, a.period, a.indicator_key, a.measure, a.value,
        a.units_expected, a.units_reported, a.shares_unknown, a.measure || '_sum' as basis, p.filing_id,
        p.sheet, p.cell, p.text_as_printed
    from map_figure as a
    inner join stale_map_unit as u on u.figures_of = a.place_no
    inner join dw.dim_indicator as i using (indicator_key)
    left join stg.printed_total as p
        on a.measure = 'assigned' and p.level = a.level and p.unit_key = a.unit_key
        and p.year = a.year and p.period = a.period and p.indicator_key = a.indicator_key
        and p.target_value = round(a.value, i.decimals) and a.units_reported = a.units_expected
    where exists (
        select from stg.stated_below as s where (s.unit_map, s.level, s.unit_key, s.year, s.indicator_key, s.measure)
            = (a.unit_map, a.level, a.unit_key, a.year, a.indicator_key, a.measure)
        offset 0
    )
    and (
        u.level <> 'commune' or u.unit_map <> 'as_filed' and not exists (
            select from dw.agg_indicator as o
            where
                (o.unit_map, o.level, o.unit_key, o.year, o.period, o.measure, o.indicator_key)
                = ('as_filed', a.level, a.unit_key, a.year, a.period, a.measure, a.indicator_key)
            offset 0  -- asked of each, not of all that there are
        )
    )
)

select
    (select count(*) from stated_target) + row_number() over (), a.place_no, a.figures_of,
    a.unit_map, a.level, a.unit_key, coalesce(
        a.filing_id || '|' || a.sheet || '|' || a.cell,
        concat_ws('|', a.basis, a.indicator_key, a.year, a.period, a.unit_key)
    ),
    a.indicator_key, a.year, a.period,
    case when a.filing_id is null then a.basis else 'assigned_total' end, '=',
    round(a.value, i.decimals), a.value, i.unit_of_measure,
    coalesce('tổng cộng: ' || a.text_as_printed, case a.measure
        when 'assigned' then 'cộng số giao cho các xã / sum of what communes were assigned'
        else 'cộng số các xã đăng ký / sum of what communes registered'
    end), '', a.filing_id, a.sheet, a.cell, a.units_expected, a.units_reported, a.shares_unknown,
    case i.timing when 'flow' then 'change' else 'level' end,
    'year', a.year, a.year, '', i.unit_scope, '', false, false, '', '', true, '', i.programme_code
from summed as a
inner join dw.dim_indicator as i using (indicator_key)
