-- grain: one row per figure that the filings asked about give otherwise than the version before, the
-- greatest changes first
select
    c.unit_name, c.form_vi, coalesce(i.name_vi, c.code) as figure_vi, coalesce(i.name_en, c.code) as figure_en,
    c.period_key, c.measure, c.change_vi, c.change_en, c.value_before, c.value_after,
    coalesce(c.cell_after, c.cell_before) as cell, coalesce(c.file_after, c.file_before) as file
from mart.change as c
left join dw.dim_indicator as i using (indicator_key)
where c.filing_after = any(:filings)
order by
    c.change <> 'changed', abs(c.difference) / nullif(abs(c.value_before), 0) desc nulls last,
    c.unit_name, c.code, c.period_key, c.measure, cell, file, c.filing_after
limit :most
