-- grain: one row a target cell of the filings being loaded; its operator, unit and text come
-- from the attribute cells of the same row, or from the slot where the form fixes them.
merge into dw.fact_target as t
using (
    select
        b.*,
        i.indicator_key,
        coalesce(a.operator, '=') as operator,
        coalesce(a.stated_unit, b.unit) as target_unit,
        coalesce(a.section, '') as section,
        coalesce(a.text_as_printed, b.text) as text_as_printed,
        a.value_high
    from bound_figure as b
    left join (
        select
            filing_id,
            sheet,
            row_no,
            max(text_code) filter (where column_name = 'indicator') as indicator_code,
            max(text_code) filter (where column_name = 'operator') as operator,
            max(text_code) filter (where column_name = 'unit') as stated_unit,
            max(text) filter (where column_name = 'section') as section,
            max(text) filter (where column_name = 'text_as_printed') as text_as_printed,
            max(value) filter (where column_name = 'value_high') as value_high
        from bound_figure
        where kind in ('attribute', 'target_high')
        group by filing_id, sheet, row_no
    ) as a on a.filing_id = b.filing_id and a.sheet = b.sheet and a.row_no = b.row_no
    inner join dw.dim_indicator as i on i.indicator_code = coalesce(b.code, a.indicator_code)
    where b.kind = 'target'
) as s on t.filing_id = s.filing_id and t.sheet = s.sheet and t.cell = s.cell
when matched and (
    t.indicator_key, t.commune_key, t.operator, t.target_value, t.target_value_high, t.state,
    t.unit, t.text_as_printed, t.text_as_filed
) is distinct from (
    s.indicator_key, s.commune_key, s.operator, s.value, s.value_high, s.state,
    s.target_unit, s.text_as_printed, s.text
) then update set
    indicator_key = s.indicator_key,
    commune_key = s.commune_key,
    district_key = s.district_key,
    operator = s.operator,
    target_value = s.value,
    target_value_high = s.value_high,
    state = s.state,
    unit = s.target_unit,
    text_as_printed = s.text_as_printed,
    text_as_filed = s.text
when not matched then insert values (
    s.filing_id, s.indicator_key, s.level, s.commune_key, s.district_key, s.province_key,
    s.year, s.period, s.basis, s.operator, s.value, s.value_high, s.target_unit, s.state,
    s.section, s.text_as_printed, s.sheet, s.cell, s.text
)
