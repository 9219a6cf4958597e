-- makes mart.filing
-- reads mart.filing_status, dw.dim_unit, dw.word, dw.dim_period
-- one row per filing, or unit, form and period that is due and has no accepted filing
-- why who is late is asked by district and province: those that the filer lay in on its day
create view mart.filing as
select
    s.filing_id, s.form, f.word_vi as form_vi, f.word_en as form_en, s.level, s.unit_id,
    s.unit_code, s.unit_name, u.unit_label, u.own_district_code as district_code, s.district_name,
    u.own_province_code as province_code, s.province_name, s.year,
    s.year || '-' || s.period as period_key, p.name_vi as period_vi, p.name_en as period_en, s.due_on,
    ref.local_time(s.received_at)::date as received_on, s.days_late, s.version, s.state, s.state_vi,
    s.state_en, s.warnings, s.original_name as file, s.superseded_by, s.due_basis_vi,
    s.due_basis_en, s.illustrative_note
from mart.filing_status as s
left join dw.dim_unit as u using (unit_id)
left join dw.dim_period as p on p.period = s.period
left join dw.word as f on f.kind = 'form' and f.code = s.form;
