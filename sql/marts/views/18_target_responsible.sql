-- makes mart.target_responsible
-- reads mart.target, mart.responsibility
-- one row per map, target, agency and role: whom a target is assigned to by name of its indicator,
--   and whom the whole plan is, where nobody leads the target itself
-- why a target that lags shows whom to ring. Joined to mart.attainment (unit_map, level, unit_code,
--   target_id) it gives one row per agency and role for each of its rows: count targets, not rows
create view mart.target_responsible as
with named as (
    select distinct on (t.unit_map, t.level, t.unit_key, t.target_id, r.agency_key, r.role)
        t.unit_map, t.level, t.unit_key, t.unit_code, t.unit_name, t.target_id, t.indicator_code,
        t.year_from, t.year_to, t.basis, t.asked_by, r.agency_key, r.agency_code,
        r.agency_name_vi, r.agency_name_en, r.role,
        case when r.indicator_code is null then 'plan' else 'target' end as assigned_by,
        r.task, r.text_as_printed, r.section, r.document, r.file, r.sheet, r.cell, r.filing_id
    from mart.target as t
    inner join mart.responsibility as r
        on r.level = t.level and r.unit_key = t.unit_key
        and r.year_from <= t.year_to and r.year_to >= t.year_from
        and (r.indicator_code = t.indicator_code or r.is_whole_plan and r.indicator_code is null)
    order by
        t.unit_map, t.level, t.unit_key, t.target_id, r.agency_key, r.role,
        r.indicator_code is null, r.filing_id, r.sheet, length(r.cell), r.cell
),

led as (
    select distinct unit_map, level, unit_key, target_id
    from named
    where assigned_by = 'target' and role = 'lead'
)

select
    n.unit_map, n.level, n.unit_code, n.unit_name, n.target_id, n.indicator_code, n.year_from,
    n.year_to, n.basis, n.asked_by, n.agency_code, n.agency_name_vi, n.agency_name_en, n.role,
    n.assigned_by, n.task, n.text_as_printed, n.section, n.document, n.file, n.sheet, n.cell,
    n.filing_id, n.unit_key, n.agency_key
from named as n
left join led as l using (unit_map, level, unit_key, target_id)
where n.assigned_by = 'target' or l.target_id is null;
