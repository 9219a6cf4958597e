-- makes mart.target_asked
-- reads stg.target_statement, ref.map_unit
-- one row per map, unit, year, indicator and who asks it of the unit: its province, its district
--   or its own plan
-- why of several statements the one of a plain shape counts, then the latest. A statement stands
--   on the maps that its unit is on; a superior's word goes before the unit's own plan, the
--   nearest superior's first
create view mart.target_asked as
with chosen as (
    select distinct on (level, unit_key, year, indicator_key, asked_by)
        level, unit_key, year, indicator_key, indicator_code, asked_by, asked_by_key, operator,
        target_value, target_value_high, unit_of_measure, text_as_printed, is_comparable, is_cap, bound,
        filing_id, sheet, cell
    from stg.target_statement
    order by
        level, unit_key, year, indicator_key, asked_by, is_comparable desc, received_at desc,
        filing_id desc, sheet, length(cell), cell
),

-- a statement stands on the maps that its unit is on
placed as (
    select
        'as_filed' as unit_map, level, unit_key, year, indicator_key, indicator_code, asked_by,
        asked_by_key, operator, target_value, target_value_high, unit_of_measure, text_as_printed,
        is_comparable, is_cap, bound, filing_id, sheet, cell
    from chosen
    union all
    select
        m.unit_map, c.level, c.unit_key, c.year, c.indicator_key, c.indicator_code, c.asked_by,
        c.asked_by_key, c.operator, c.target_value, c.target_value_high, c.unit_of_measure,
        c.text_as_printed, c.is_comparable, c.is_cap, c.bound, c.filing_id, c.sheet, c.cell
    from chosen as c
    inner join ref.map_unit as m
        on m.unit_map <> 'as_filed' and m.level = c.level and m.unit_key = c.unit_key
)

select
    p.unit_map, p.level, p.unit_key, p.year, p.indicator_key, p.indicator_code, p.asked_by,
    p.asked_by_key, p.operator, p.target_value, p.target_value_high, p.unit_of_measure,
    p.text_as_printed, p.is_comparable, p.is_cap, p.bound, p.operator in ('<', '>') as is_strict,
    -- a superior's word goes before the unit's own plan, the nearest superior's first
    row_number() over (
        partition by p.unit_map, p.level, p.unit_key, p.year, p.indicator_key
        order by array_position(array['district', 'province', 'own_plan'], p.asked_by)
    ) = 1 as is_first,
    p.filing_id, p.sheet, p.cell
from placed as p;
