-- grain: one row per row of the corrections file; a changed one waits until it is applied again
merge into ref.correction as t
using correction_now as s
    on t.form = s.form and t.unit_code = s.unit_code and t.year = s.year
    and t.period = s.period and t.sheet = s.sheet and t.cell = s.cell
when matched and (
    t.guard, t.value, t.reason, t.told, t.corrected_on, t.corrected_by
) is distinct from (
    s.guard, s.value, s.reason, s.told, s.corrected_on, s.corrected_by
) then update set
    guard = s.guard,
    value = s.value,
    reason = s.reason,
    told = s.told,
    corrected_on = s.corrected_on,
    corrected_by = s.corrected_by,
    state = 'waiting',
    problem = null,
    seen = ''
when not matched then insert values (
    s.form, s.unit_code, s.year, s.period, s.sheet, s.cell, s.guard, s.value, s.reason, s.told,
    s.corrected_on, s.corrected_by
)
when not matched by source then delete
