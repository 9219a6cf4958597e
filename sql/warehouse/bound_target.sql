-- grain: one row per target cell of the filings being loaded; its shape, unit and text come from
-- the other cells of the same row (target_attribute), or from the slot where the form fixes them.
-- A shape or a scope of units that is not stated is read from the indicator, years that are not
-- stated are the filing's.
create temporary table bound_target on commit drop as
select
    b.filing_id, b.kind, coalesce(b.code, a.indicator_code) as code, i.indicator_key, b.level,
    b.commune_key, b.district_key, b.province_key, b.is_placed, b.period, b.basis, b.value,
    b.state, b.sheet, b.cell, b.subject, b.text, b.unit_as_filed,
    coalesce(a.operator, '=') as operator,
    coalesce(a.stated_unit, case when a.operator = 'none' then '' else b.unit_of_measure end)
    as target_unit,
    coalesce(a.section, '') as section,
    coalesce(a.text_as_printed, b.text) as text_as_printed,
    a.value_high,
    case
        when a.quantity is not null then a.quantity
        when a.operator = 'none' then 'text_only'
        when a.total_value is not null then 'n_of_m'
        when i.timing = 'stock' and (i.kind <> 'rate' or i.direction = 'down') then 'level'
        when i.unit_of_measure = 'pp' or i.indicator_code ~ '_reduction' then 'change'
        when i.kind = 'rate' then 'coverage'
        else 'count'
    end as quantity,
    case
        when a.period_type is not null then a.period_type
        when coalesce(a.year_from, b.year) = coalesce(a.year_to, b.last_year) then 'year'
        else 'unstated'
    end as period_type,
    coalesce(a.year_from, b.year)::smallint as year_from,
    coalesce(a.year_to, b.last_year)::smallint as year_to,
    coalesce(a.sub_population, '') as sub_population,
    coalesce(a.unit_scope, i.unit_scope, 'all') as unit_scope,
    coalesce(a.measured_against, '') as measured_against,
    coalesce(a.aspirational = 'yes', false) as is_aspirational,
    coalesce(a.stated_as = 'inferred', false) as is_inferred,
    a.total_value,
    coalesce(a.statement_no, '') as statement_no,
    a.component_of,
    a.paired_with,
    coalesce(a.document, '') as document,
    coalesce(a.named_standard, '') as named_standard,
    coalesce(b.programme_code, i.programme_code) as programme_code
from bound_figure as b
left join target_attribute as a
    on a.filing_id = b.filing_id and a.sheet = b.sheet and a.row_no = b.row_no
left join dw.dim_indicator as i on i.indicator_code = coalesce(b.code, a.indicator_code)
where b.kind = 'target'
