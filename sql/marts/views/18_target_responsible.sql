-- makes mart.target_responsible
-- reads dw.agg_target, dw.dim_indicator, mart.responsibility
-- one row per map, target, agency and role: whom a target is assigned to by its indicator, and whom
--   the whole plan of its programme is, where nobody leads the target itself
-- why a target that lags shows whom to ring. Joined to mart.attainment (unit_map, level, unit_code,
--   target_id) it gives one row per agency and role for each of its rows: count targets, not rows
create view mart.target_responsible as
with assigned as materialized ( -- once: the marts look every unit up
    select
        r.level, r.unit_key, r.unit_code, r.unit_name, r.year_from, r.year_to, r.agency_key,
        r.agency_code, r.programme_code, r.agency_name_vi, r.agency_name_en, r.role, i.indicator_key, r.task,
        r.text_as_printed, r.section, r.document, r.file, r.sheet, r.cell, r.filing_id
    from mart.responsibility as r
    left join dw.dim_indicator as i using (indicator_code)
    where r.indicator_code is not null or r.is_whole_plan
),

named as materialized (
    select distinct on (t.unit_map, t.level, t.unit_key, t.target_id, r.agency_key, r.role)
        t.unit_map, t.level, t.unit_key, r.unit_code, r.unit_name, t.target_id, t.indicator_key,
        t.year_from, t.year_to, t.basis, t.asked_by, r.agency_key, r.agency_code,
        r.agency_name_vi, r.agency_name_en, r.role,
        case when r.indicator_key is null then 'plan' else 'target' end as assigned_by,
        r.task, r.text_as_printed, r.section, r.document, r.file, r.sheet, r.cell, r.filing_id
    from dw.agg_target as t
    inner join assigned as r
        on r.level = t.level and r.unit_key = t.unit_key
        and r.year_from <= t.year_to and r.year_to >= t.year_from
        and coalesce(r.indicator_key, t.indicator_key) = t.indicator_key
        and (r.indicator_key is not null or r.programme_code = t.programme_code)
    order by
        t.unit_map, t.level, t.unit_key, t.target_id, r.agency_key, r.role,
        r.indicator_key is null, r.filing_id, r.sheet, length(r.cell), r.cell
),

led as materialized (
    select distinct unit_map, level, unit_key, target_id
    from named
    where assigned_by = 'target' and role = 'lead'
)

select
    n.unit_map, n.level, n.unit_code, n.unit_name, n.target_id, i.indicator_code, n.year_from,
    n.year_to, n.basis, n.asked_by, n.agency_code, n.agency_name_vi, n.agency_name_en, n.role,
    n.assigned_by, n.task, n.text_as_printed, n.section, n.document, n.file, n.sheet, n.cell,
    n.filing_id, n.unit_key, n.agency_key
from named as n
inner join dw.dim_indicator as i using (indicator_key)
left join led as l using (unit_map, level, unit_key, target_id)
where n.assigned_by = 'target' or l.target_id is null;
