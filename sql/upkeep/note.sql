-- grain: one row of ops.audit
insert into ops.audit (action, subject, login) values (:action, :subject, :login)
