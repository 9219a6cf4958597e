-- makes mart.eligibility_limit
-- reads dw.fact_duty, dw.dim_fund, raw.current_filing, raw.filing, mart.unit
-- one row per limit of support that a current filing states
-- why whom a project may support is known in the plan's words; nothing is computed from it
create view mart.eligibility_limit as
select
    f.level, u.unit_code, u.unit_name, u.province_name, f.year_from, f.year as year_to,
    f.programme_code, f.project_code, p.project_vi, p.project_en, f.task, f.text_as_printed, f.section,
    f.document, f.statement_no, f.text_as_filed, g.original_name as file, f.sheet, f.cell,
    f.filing_id, u.unit_key, u.sort_key
from dw.fact_duty as f
inner join raw.current_filing using (filing_id)
inner join raw.filing as g using (filing_id)
inner join mart.unit as u
    on u.level = f.level and u.unit_key = coalesce(f.commune_key, f.district_key, f.province_key)
left join (
    select distinct programme_code, project_code, project_vi, project_en from dw.dim_fund
) as p using (programme_code, project_code)
where f.duty_kind = 'limit';
