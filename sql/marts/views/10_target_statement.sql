-- makes stg.target_statement
-- reads dw.fact_target, raw.current_filing, dw.dim_indicator
-- one row per target that a filing which counts assigns to a unit, and who asks it
-- why a figure of one year of the unit can be set against some shapes only; the bound is the one
--   that mart.attainment holds figures against
create view stg.target_statement as
select
    f.level, coalesce(f.commune_key, f.district_key, f.province_key) as unit_key,
    f.year, f.indicator_key, i.indicator_code,
    case when g.filer_level = f.level then 'own_plan' else g.filer_level end as asked_by,
    case g.filer_level
        when 'commune' then f.commune_key
        when 'district' then f.district_key
        else f.province_key
    end as asked_by_key,
    f.operator, f.target_value, f.target_value_high, f.unit_of_measure, f.text_as_printed,
    -- what a figure of one year of the unit can be set against
    f.year_from = f.year_to and f.unit_of_measure = i.unit_of_measure
    and f.quantity in ('level', 'change', 'count', 'coverage')
    and f.period_type not in ('annual_rate', 'annual_average', 'cumulative')
    and (f.sub_population = '' or f.sub_population is not distinct from i.population)
    and f.unit_scope = i.unit_scope
    as is_comparable,
    ref.is_cap(f.operator, i.direction) as is_cap,
    case
        when f.operator = 'between' and i.direction = 'down' then f.target_value_high
        else ref.bound(f.operator, i.direction, f.target_value)
    end as bound,
    f.filing_id, f.sheet, f.cell, g.received_at
from dw.fact_target as f
inner join raw.current_filing as g using (filing_id)
inner join dw.dim_indicator as i using (indicator_key)
where f.basis = 'assigned' and (f.state = 'value' or f.operator = 'none');
