-- makes mart.trace_fund
-- reads stg.trace_unit, stg.counted_fund, dw.dim_unit, dw.dim_fund, raw.filing, ops.correction_use,
--   ref.correction
-- one row per amount of money of a unit on a map and cell that it is added up of
-- why an amount leads to its cells. What was done with money is of the communes, or of the unit where
--   none of them reported it; a need and a plan are the unit's own. Found unit by unit (offset 0)
create view mart.trace_fund as
select
    t.unit_map, t.level, u.unit_id, u.unit_code, u.unit_name, u.province_id, u.province_name,
    f.year_from, f.year, f.year || '-' || f.period as period_key, f.stage, f.fund_key,
    d.programme_code, d.project_code, d.source, d.nature, o.unit_id as from_id, o.level as from_level,
    o.unit_code as from_code, o.unit_name as from_name, o.sort_order as from_order,
    f.amount_million_vnd, g.original_name as file, f.sheet, f.cell, f.text_as_filed, g.received_at,
    f.filing_id, c.reason as correction_reason, c.corrected_by, c.corrected_on
from dw.dim_unit as u
cross join lateral (
    select unit_map, level, unit_key, from_level, from_key, weight
    from stg.trace_unit where level = u.level and unit_key = u.unit_key
    offset 0
) as t
inner join dw.dim_unit as o on o.level = t.from_level and o.unit_key = t.from_key and not o.is_rest
inner join stg.counted_fund as f on f.level = t.from_level and f.unit_key = t.from_key
inner join dw.dim_fund as d using (fund_key)
inner join raw.filing as g using (filing_id)
left join ops.correction_use as a
    on a.filing_id = f.filing_id and a.sheet = f.sheet and a.cell = f.cell and a.outcome = 'applied'
left join ref.correction as c
    on a.filing_id is not null and c.form = g.form and c.unit_code = g.filer_code
    and c.year = g.year and c.period = g.period and c.sheet = f.sheet and c.cell = f.cell
where
    not u.is_rest and t.weight = 1 and case
        when f.stage in ('need', 'plan') then u.unit_id = o.unit_id
        when t.from_level = 'commune' then true
        when t.from_level = t.level then not exists (
            select from stg.trace_unit as s
            inner join stg.counted_fund as b on b.level = 'commune' and b.unit_key = s.from_key
            where
                (s.unit_map, s.level, s.unit_key) = (t.unit_map, t.level, t.unit_key)
                and s.from_level = 'commune'
                and (b.year_from, b.year, b.period, b.fund_key)
                = (f.year_from, f.year, f.period, f.fund_key)
        )
        else false
    end;
