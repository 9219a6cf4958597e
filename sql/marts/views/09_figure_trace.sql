-- makes mart.figure_trace
-- reads raw.filing, mart.unit, ops.correction_use, ref.correction, dw.fact_fund, dw.dim_fund,
--   dw.fact_indicator, dw.dim_indicator, dw.fact_target, dw.fact_text
-- one row per fact of any filing, current or superseded, with the cell it came from
-- why every published figure can be traced to one cell of one file
create view mart.figure_trace as
with facts as (
    select
        'indicator' as fact, f.level, coalesce(f.commune_key, f.district_key, f.province_key)
        as unit_key, f.year, f.period, f.measure, i.indicator_code as code, null::text as source,
        null::text as nature, f.value, i.unit_of_measure, f.state, f.filing_id, f.sheet, f.cell,
        f.text_as_filed, f.unit_as_filed, i.programme_code
    from dw.fact_indicator as f
    inner join dw.dim_indicator as i using (indicator_key)
    union all
    select
        'target', f.level, coalesce(f.commune_key, f.district_key, f.province_key),
        f.year, f.period, f.basis, i.indicator_code, null,
        null, f.target_value, f.unit_of_measure, f.state, f.filing_id, f.sheet, f.cell,
        f.text_as_filed, f.unit_as_filed, coalesce(f.programme_code, i.programme_code)
    from dw.fact_target as f
    inner join dw.dim_indicator as i using (indicator_key)
    union all
    select
        'fund', f.level, coalesce(f.commune_key, f.district_key, f.province_key),
        f.year, f.period, f.stage, d.project_code, d.source,
        d.nature, f.amount_million_vnd, 'million_vnd', f.state, f.filing_id, f.sheet, f.cell,
        f.text_as_filed, f.unit_as_filed, d.programme_code
    from dw.fact_fund as f
    inner join dw.dim_fund as d using (fund_key)
    union all
    select
        'text', f.level, coalesce(f.commune_key, f.district_key, f.province_key), f.year, f.period,
        null, f.word_code, null, null, null, null, f.state, f.filing_id, f.sheet, f.cell,
        f.text_as_filed, null, f.programme_code
    from dw.fact_text as f
)

select
    f.fact, f.level, u.unit_code, u.unit_name, u.province_name, f.year, f.period, f.measure,
    f.code, f.source, f.nature, f.value, f.unit_of_measure, f.state, g.original_name as file,
    f.sheet, f.cell, f.text_as_filed, g.received_at, g.version, f.filing_id, g.superseded_by is null as is_current,
    g.superseded_by, c.value as corrected_value, c.reason as correction_reason, c.corrected_by,
    c.corrected_on, f.programme_code, f.unit_as_filed
from facts as f
inner join raw.filing as g using (filing_id)
inner join mart.unit as u on u.level = f.level and u.unit_key = f.unit_key
left join ops.correction_use as a
    on a.filing_id = f.filing_id and a.sheet = f.sheet and a.cell = f.cell
    and a.outcome = 'applied'
left join ref.correction as c
    on a.filing_id is not null
    and c.form = g.form and c.unit_code = g.filer_code and c.year = g.year
    and c.period = g.period and c.sheet = f.sheet and c.cell = f.cell;
