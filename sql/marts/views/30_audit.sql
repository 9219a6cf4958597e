-- makes mart.audit
-- reads ops.audit, dw.word
-- one row per thing that somebody did to the warehouse
-- why who ran, corrected, imported, restored or changed rights is asked by those who answer for it
create view mart.audit as
select
    a.audit_no, ref.local_time(a.done_at) as done_at, a.role_name, a.login, a.action,
    w.word_vi as action_vi, w.word_en as action_en, a.subject
from ops.audit as a
left join dw.word as w on w.kind = 'action' and w.code = a.action;
