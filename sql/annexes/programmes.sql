-- grain: one row per programme that a unit has figures, targets or funds of, on a map; the first
-- one that was in force first
with known as (
    select programme_code from mart.attainment
    where level = :level and unit_key = any(:unit_keys) and unit_map = :unit_map
    union
    select programme_code from mart.fund_on_map
    where level = :level and unit_key = any(:unit_keys) and unit_map = 'as_filed'
    union
    select programme_code from mart.indicator_by_unit
    where level = :level and unit_key = any(:unit_keys) and unit_map = :unit_map
)

select
    p.programme_code, p.name_vi, p.name_en, p.topic_vi, p.topic_en, p.assigned_vi, p.assigned_en,
    i.name_vi as listed_by_vi, i.name_en as listed_by_en, p.legal_basis
from dw.dim_programme as p
inner join known using (programme_code)
left join dw.dim_indicator as i on i.indicator_code = p.listed_by
order by p.year_from, p.programme_code
