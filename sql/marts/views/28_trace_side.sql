-- makes stg.trace_side
-- reads mart.trace_cell, dw.dim_indicator
-- one row per figure of a unit on a map, unit whose filings it rests on and side of its quotient, with
--   files, sheets, cells and texts in one order, that of the formula
-- why two cells of one address may lie in two sheets: which is whose has to be told in their order.
--   Several terms of a quotient stand in brackets, as frame has them
create view stg.trace_side as
select
    c.unit_map, c.level, c.unit_id, c.unit_code, c.unit_name, c.unit_label, c.district_name,
    c.province_id, c.province_code, c.province_name, c.year, c.period, c.measure, c.indicator_key,
    c.indicator_code, i.name_vi as indicator_vi, i.per, c.side, c.from_id, c.from_level, c.from_code,
    c.from_name, c.from_order, i.kind = 'rate' and i.denominator_measure <> 'register' as is_quotient,
    case
        when i.kind = 'rate' and i.denominator_measure <> 'register' and count(*) > 1 then '(%s)'
        else '%s'
    end as frame,
    sum(c.part) as part, count(*) = max(c.parts) as is_whole, min(c.file) as first_file,
    max(c.file) as last_file, min(c.sheet) as first_sheet, max(c.sheet) as last_sheet,
    -- each with its sign before it; that of the first, a plus, is cut off
    substr(string_agg(s.sign || c.file, '' order by c.sign desc, c.filing_id, c.sheet, c.cell), 4) as files,
    substr(string_agg(s.sign || c.sheet, '' order by c.sign desc, c.filing_id, c.sheet, c.cell), 4) as sheets,
    substr(string_agg(s.sign || c.cell, '' order by c.sign desc, c.filing_id, c.sheet, c.cell), 4) as cells,
    substr(string_agg(
        s.sign || c.sheet || '!' || c.cell, '' order by c.sign desc, c.filing_id, c.sheet, c.cell
    ), 4) as sheet_cells,
    substr(string_agg(s.sign || c.text_as_filed, '' order by c.sign desc, c.filing_id, c.sheet, c.cell), 4)
        as texts_as_filed,
    array_agg(distinct c.correction_reason) filter (where c.correction_reason is not null) as reasons
from mart.trace_cell as c
inner join dw.dim_indicator as i using (indicator_key)
cross join lateral (select case c.sign when -1 then ' − ' else ' + ' end as sign) as s
group by
    c.unit_map, c.level, c.unit_id, c.unit_code, c.unit_name, c.unit_label, c.district_name,
    c.province_id, c.province_code, c.province_name, c.year, c.period, c.measure, c.indicator_key,
    c.indicator_code, i.name_vi, i.per, c.side, c.from_id, c.from_level, c.from_code, c.from_name,
    c.from_order, i.kind, i.denominator_measure;
