-- makes mart.duty
-- reads dw.fact_duty, dw.dim_agency, raw.current_filing, raw.filing, mart.unit, ops.calendar
-- one row per agency and duty to report, plan, review or meet that a current filing states
-- why what a plan asks to be reported stands beside what a form and the calendar track
create view mart.duty as
select
    f.level, u.unit_code, u.unit_name, u.province_name, f.year_from, f.year as year_to,
    a.agency_code, a.name_vi as agency_name_vi, a.name_en as agency_name_en,
    a.level as agency_level, f.duty_kind, f.recipient, f.task, f.frequency, f.due_text,
    f.programme_code, f.project_code, f.tracked_form,
    (
        select count(*) from ops.calendar as c
        where
            c.form = f.tracked_form and c.scope_code = u.unit_code
            and c.year between f.year_from and f.year
    ) as calendar_entries,
    f.text_as_printed, f.section, f.document, f.statement_no, f.text_as_filed,
    g.original_name as file, f.sheet, f.cell, f.filing_id, u.unit_key, f.agency_key, u.sort_key
from dw.fact_duty as f
inner join raw.current_filing using (filing_id)
inner join raw.filing as g using (filing_id)
inner join dw.dim_agency as a using (agency_key)
inner join mart.unit as u
    on u.level = f.level and u.unit_key = coalesce(f.commune_key, f.district_key, f.province_key)
where f.duty_kind <> 'limit';
