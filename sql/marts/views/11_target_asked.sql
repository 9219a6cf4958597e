-- grain: one row a map, unit, year, indicator and who asks it of the unit: its province, its
-- district or its own plan; of several statements the one of a plain shape, then the latest
create view mart.target_asked as
with stated as (
    select
        f.level, coalesce(f.commune_key, f.district_key, f.province_key) as unit_key,
        f.year, f.indicator_key, i.indicator_code,
        case when g.filer_level = f.level then 'own_plan' else g.filer_level end as asked_by,
        case g.filer_level
            when 'commune' then f.commune_key
            when 'district' then f.district_key
            else f.province_key
        end as asked_by_key,
        f.operator, f.target_value, f.unit, f.text_as_printed,
        -- what a figure of one year of the unit can be set against
        f.year_from = f.year_to and f.unit = i.unit
        and f.quantity in ('level', 'change', 'count', 'coverage')
        and f.period_type not in ('annual_rate', 'annual_average', 'cumulative')
        and (f.sub_population = '' or f.sub_population is not distinct from i.population)
        as is_comparable,
        f.operator in ('<', '<=')
        or (f.operator in ('=', '~', 'between') and i.direction = 'down') as is_cap,
        -- as mart.attainment reads it: by direction, "about" allows 5 %
        case
            when f.operator = '~' and i.direction = 'down' then f.target_value * 1.05
            when f.operator = '~' then f.target_value * 0.95
            when f.operator = 'between' and i.direction = 'down' then f.target_value_high
            else f.target_value
        end as bound,
        f.filing_id, f.sheet, f.cell, g.received_at
    from dw.fact_target as f
    inner join raw.filing as g using (filing_id)
    inner join dw.dim_indicator as i using (indicator_key)
    where
        g.state = 'accepted' and g.superseded_by is null and f.basis = 'assigned'
        and (f.state = 'value' or f.operator = 'none')
),

chosen as (
    select distinct on (level, unit_key, year, indicator_key, asked_by) s.*
    from stated as s
    order by
        level, unit_key, year, indicator_key, asked_by, is_comparable desc, received_at desc,
        filing_id desc, sheet, length(cell), cell
),

-- a statement stands on the maps that its unit is on
placed as (
    select 'as_filed' as unit_map, c.* from chosen as c
    union all
    select m.unit_map, c.*
    from chosen as c
    inner join ref.map_unit as m
        on m.unit_map <> 'as_filed' and m.level = c.level and m.unit_key = c.unit_key
)

select
    p.unit_map, p.level, p.unit_key, p.year, p.indicator_key, p.indicator_code, p.asked_by,
    p.asked_by_key, p.operator, p.target_value, p.unit, p.text_as_printed, p.is_comparable,
    p.is_cap, p.bound, p.operator in ('<', '>') as is_strict,
    -- a superior's word goes before the unit's own plan, the nearest superior's first
    row_number() over (
        partition by p.unit_map, p.level, p.unit_key, p.year, p.indicator_key
        order by array_position(array['district', 'province', 'own_plan'], p.asked_by)
    ) = 1 as is_first,
    p.filing_id, p.sheet, p.cell
from placed as p;
