-- makes mart.target_responsible
-- reads dw.agg_target, dw.dim_indicator, mart.responsibility
-- one row per map, target, agency and role: whom its indicator is assigned to; where nobody leads
--   that, whom the project that it belongs to is; where nobody leads that, whom the whole plan is
-- why a target that lags shows whom to ring. Who carries out a plan answers for the targets of that
--   plan, not for what a superior asks. Joined to mart.attainment (unit_map, level, unit_code,
--   target_id) it gives one row per agency and role for each of its rows: count targets, not rows
create view mart.target_responsible as
with assigned as (
    select
        r.level, r.unit_key, r.unit_code, r.unit_name, r.year_from, r.year_to, r.agency_key,
        r.agency_code, r.agency_name_vi, r.agency_name_en, r.role, r.indicator_code,
        r.programme_code, r.project_code, r.is_whole_plan, r.task, r.text_as_printed, r.section,
        r.document, r.file, r.sheet, r.cell, r.filing_id
    from mart.responsibility as r
    where num_nonnulls(r.indicator_code, r.project_code) > 0 or r.is_whole_plan
),

named as (
    select distinct on (t.unit_map, t.level, t.unit_key, t.target_id, r.agency_key, r.role)
        t.unit_map, t.level, t.unit_key, r.unit_code, r.unit_name, t.target_id, i.indicator_code,
        t.year_from, t.year_to, t.basis, t.asked_by, r.agency_key, r.agency_code,
        r.agency_name_vi, r.agency_name_en, r.role, n.distance,
        min(n.distance) filter (where r.role = 'lead') over (
            partition by t.unit_map, t.level, t.unit_key, t.target_id
        ) as lead_distance,
        r.task, r.text_as_printed, r.section, r.document, r.file, r.sheet, r.cell, r.filing_id
    from dw.agg_target as t
    inner join dw.dim_indicator as i using (indicator_key)
    inner join assigned as r
        on r.level = t.level and r.unit_key = t.unit_key
        and r.year_from <= t.year_to and r.year_to >= t.year_from
    inner join lateral (
        select case
            when r.indicator_code is not null
                then case when r.indicator_code = i.indicator_code then 1 end
            when not r.is_whole_plan then case
                when (r.programme_code, r.project_code) = (i.programme_code, i.project_code) then 2
            end
            when t.asked_by is distinct from 'own_plan' and t.basis <> 'assigned_total' then null
            when r.programme_code <> t.programme_code then null
            -- of two plans for the same years, the one that states the target
            when r.document = t.document or '' in (r.document, t.document) then 3
            else 4
        end as distance
    ) as n on n.distance is not null
    order by
        t.unit_map, t.level, t.unit_key, t.target_id, r.agency_key, r.role, n.distance,
        r.filing_id, r.sheet, length(r.cell), r.cell
)

select
    unit_map, level, unit_code, unit_name, target_id, indicator_code, year_from, year_to, basis,
    asked_by, agency_code, agency_name_vi, agency_name_en, role,
    (array['target', 'project', 'plan', 'plan'])[distance] as assigned_by, task, text_as_printed,
    section, document, file, sheet, cell, filing_id, unit_key, agency_key
from named
where distance <= coalesce(lead_distance, distance);
