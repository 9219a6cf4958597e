-- makes mart.trace_cell
-- reads dw.dim_unit, stg.trace_unit, stg.traced_part, dw.agg_indicator, raw.filing,
--   ops.correction_use, ref.correction
-- one row per figure of a unit on a map, side of its quotient and cell that it was computed from
-- why a published figure leads to cells, files, the text as filed and corrections. Where a district or
--   province filed for itself in place of its communes, its own cell stands here alone. Found unit by
--   unit (offset 0), so that the trace of one reads the facts of those below it and no others
create view mart.trace_cell as
select
    t.unit_map, t.level, u.unit_id, u.unit_code, u.unit_name, u.unit_label, u.district_name,
    u.province_id, u.province_code, u.province_name, f.year, f.measure, f.period,
    f.indicator_key, f.indicator_code, f.side, f.unit_id as from_id, f.level as from_level,
    f.unit_code as from_code, f.unit_name as from_name, f.sort_order as from_order, f.sign,
    t.weight, f.value, f.sign * t.weight * f.value as part, f.part_code, f.part_measure,
    f.part_period, f.parts, g.original_name as file, f.sheet, f.cell, f.text_as_filed,
    g.received_at, f.filing_id, c.reason as correction_reason, c.corrected_by, c.corrected_on
from dw.dim_unit as u
cross join lateral (
    select unit_map, level, unit_key, from_level, from_key, from_district, weight
    from stg.trace_unit where level = u.level and unit_key = u.unit_key
    offset 0
) as t
inner join stg.traced_part as f on f.level = t.from_level and f.unit_key = t.from_key
inner join raw.filing as g using (filing_id)
left join ops.correction_use as a
    on a.filing_id = f.filing_id and a.sheet = f.sheet and a.cell = f.cell and a.outcome = 'applied'
left join ref.correction as c
    on a.filing_id is not null and c.form = g.form and c.unit_code = g.filer_code
    and c.year = g.year and c.period = g.period and c.sheet = f.sheet and c.cell = f.cell
where
    not u.is_rest and (t.level = 'commune' or (t.from_level <> 'commune') = exists (
        select from dw.agg_indicator as w
        where
            w.unit_map = 'as_filed' and w.is_self_filed and w.year = f.year
            and w.period = f.period and w.measure = f.measure
            and w.indicator_key = f.indicator_key
            and (w.level, w.unit_key) in (
                ('district', t.from_district), (t.level, t.unit_key), (t.from_level, t.from_key)
            )
    ));
