-- makes mart.fund_responsible
-- reads dw.agg_fund, dw.dim_fund, mart.responsibility
-- one row per unit, years (year_from to year), project line, agency and role: whom the line is
--   assigned to; where nobody leads it, whom the whole plan is
-- why money that lags shows whom to ring. Joined to mart.fund_use (level, unit_code, unit_name,
--   year_from, year, programme_code, project_code) it gives one row per agency and role for each of its
--   rows: add up money before
create view mart.fund_responsible as
with line as (
    select distinct
        a.level, a.unit_key, a.year_from, a.year, f.programme_code,
        f.is_whole_programme, f.project_code, f.project_vi, f.project_en
    from dw.agg_fund as a
    inner join dw.dim_fund as f using (fund_key)
),

named as (
    select distinct on (
        l.level, l.unit_key, l.year_from, l.year, l.programme_code, l.project_code, r.agency_key,
        r.role
    )
        l.level, r.unit_code, r.unit_name, r.province_name, l.year_from, l.year, l.programme_code,
        l.project_code, l.project_vi, l.project_en, r.agency_code, r.agency_name_vi,
        r.agency_name_en, r.role,
        d.distance, min(d.distance) filter (where r.role = 'lead') over (
            partition by l.level, l.unit_key, l.year_from, l.year, l.programme_code, l.project_code
        ) as lead_distance,
        r.task, r.text_as_printed, r.section, r.document, r.file, r.sheet, r.cell, r.filing_id,
        l.unit_key, r.agency_key, r.sort_key
    from line as l
    inner join mart.responsibility as r
        on r.level = l.level and r.unit_key = l.unit_key
        and r.year_from <= l.year and r.year_to >= l.year_from
        and r.programme_code = l.programme_code
        and (r.is_whole_plan or r.project_code = l.project_code)
    cross join lateral (
        select case when r.is_whole_plan and not l.is_whole_programme then 2 else 1 end as distance
    ) as d
    order by
        l.level, l.unit_key, l.year_from, l.year, l.programme_code, l.project_code, r.agency_key,
        r.role, d.distance, r.filing_id, r.sheet, length(r.cell), r.cell
)

select
    level, unit_code, unit_name, province_name, year_from, year, programme_code, project_code,
    project_vi, project_en, agency_code, agency_name_vi, agency_name_en, role,
    (array['project', 'plan'])[distance] as assigned_by, task, text_as_printed, section, document,
    file, sheet, cell, filing_id, unit_key, agency_key, sort_key
from named
where distance <= coalesce(lead_distance, distance);
