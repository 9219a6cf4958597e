-- grain: one row per row of a sheet that states targets: what its other cells say of them
create temporary table target_attribute on commit drop as
select
    filing_id, sheet, row_no,
    max(text_code) filter (where code = 'indicator') as indicator_code,
    max(text_code) filter (where code = 'operator') as operator,
    max(text_code) filter (where code = 'unit') as stated_unit,
    max(text) filter (where code = 'section') as section,
    max(text) filter (where code = 'text_as_printed') as text_as_printed,
    max(value) filter (where kind = 'target_high') as value_high,
    max(text_code) filter (where code = 'quantity') as quantity,
    max(text_code) filter (where code = 'period_type') as period_type,
    max(value) filter (where kind = 'target_from') as year_from,
    max(value) filter (where kind = 'target_to') as year_to,
    max(text_code) filter (where code = 'sub_population') as sub_population,
    max(text_code) filter (where code = 'unit_scope') as unit_scope,
    max(text_code) filter (where code = 'named_standard') as named_standard,
    max(text) filter (where code = 'measured_against') as measured_against,
    max(text_code) filter (where code = 'aspirational') as aspirational,
    max(text_code) filter (where code = 'stated_as') as stated_as,
    max(value) filter (where kind = 'target_total') as total_value,
    max(text) filter (where code = 'statement_no') as statement_no,
    max(nullif(text, '')) filter (where code = 'component_of') as component_of,
    max(nullif(text, '')) filter (where code = 'paired_with') as paired_with,
    max(text) filter (where code = 'document') as document
from bound_figure
where kind not in ('indicator', 'fund') and (kind = 'attribute' or kind ~ '^target_')
group by filing_id, sheet, row_no
