-- makes mart.responsibility
-- reads dw.fact_responsibility, dw.dim_agency, dw.dim_fund, dw.dim_indicator,
--   raw.current_filing, raw.filing, mart.unit
-- one row per agency, role and project, target or task that a current filing states for a unit
-- why readers see who leads, who works with them and who owns the investment, in the plan's words
create view mart.responsibility as
with projects as (
    select distinct programme_code, project_code, is_whole_programme, project_vi, project_en
    from dw.dim_fund
)

select
    f.level, u.unit_code, u.unit_name, u.province_name, f.year_from, f.year as year_to,
    a.agency_code, a.name_vi as agency_name_vi, a.name_en as agency_name_en,
    a.level as agency_level, f.role, f.programme_code, f.project_code, p.project_vi, p.project_en,
    i.indicator_code, i.name_vi as indicator_name_vi, i.name_en as indicator_name_en, f.task,
    f.is_whole_programme as is_whole_plan,
    f.text_as_printed, f.section, f.document, f.statement_no, f.text_as_filed,
    g.original_name as file, f.sheet, f.cell, f.filing_id, u.unit_key, f.agency_key, u.sort_key
from dw.fact_responsibility as f
inner join raw.current_filing using (filing_id)
inner join raw.filing as g using (filing_id)
inner join dw.dim_agency as a using (agency_key)
inner join mart.unit as u
    on u.level = f.level and u.unit_key = coalesce(f.commune_key, f.district_key, f.province_key)
left join projects as p
    on p.programme_code = f.programme_code and p.is_whole_programme = f.is_whole_programme
    and (f.is_whole_programme or p.project_code = f.project_code)
left join dw.dim_indicator as i using (indicator_key);
