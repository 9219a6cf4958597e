-- Headers that the province accepted when the last night read (headers.yaml): where one is withdrawn,
-- what was read by it is read again.
alter table ops.declared
    drop constraint declared_kind_check,
    add check (kind in ('seeds', 'form', 'indicator', 'alias', 'header'));
