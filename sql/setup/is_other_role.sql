-- grain: one row; whether a role is there that is none of an office: not of their group, or one that
-- reads everything
select count(*) > 0 as is_other
from pg_roles
where
    rolname = :role
    and (
        rolsuper
        or not pg_has_role(oid, 'scoped_reader', 'member')
        or pg_has_role(oid, 'bi_reader', 'member')
    )
