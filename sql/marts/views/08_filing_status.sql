-- makes mart.filing_status
-- reads stg.listed_filing, dw.dim_unit, dw.word
-- one row per filing, or unit, form and period with a due date and no accepted filing
-- why district and province are those that the filer lay in on its day
create view mart.filing_status as
select
    s.level, s.unit_code, s.unit_name, s.form, s.year, s.period, s.due_on, s.received_at,
    s.days_late, s.version, s.state, s.warnings, s.original_name, s.filing_id, s.superseded_by,
    s.sort_key, s.due_basis_vi, s.due_basis_en, s.illustrative_note, s.unit_id,
    u.own_district_name as district_name, u.own_province_name as province_name,
    w.word_vi as state_vi, w.word_en as state_en
from stg.listed_filing as s
left join dw.dim_unit as u using (unit_id)
left join dw.word as w on w.kind = 'state' and w.code = s.state;
