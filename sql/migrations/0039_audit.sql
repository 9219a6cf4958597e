-- Who did what; and the copies of filed workbooks that are no longer what was filed.

-- grain: one row per thing that somebody did to the warehouse
create table ops.audit (
    audit_no  bigint generated always as identity primary key,
    done_at   timestamptz not null default clock_timestamp(),
    role_name text not null default session_user,
    login     text not null, -- of the operating system
    action    text not null check (
        action in (
            'ran', 'corrected', 'imported', 'decided', 'dropped', 'backed_up', 'restored',
            'migrated', 'rights', 'verified', 'removed'
        )
    ),
    subject   text not null
);

-- time and role are what the server says
create function ops.audit_as_it_is() returns trigger language plpgsql as $$
begin
    if tg_op = 'INSERT' then
        new.done_at := clock_timestamp();
        new.role_name := session_user;
        return new;
    end if;
    raise exception 'ops.audit chỉ ghi thêm / ops.audit is only added to';
end
$$;
create trigger audit_as_it_is before insert or update or delete on ops.audit
    for each row execute function ops.audit_as_it_is();
create trigger audit_never_emptied before truncate on ops.audit
    for each statement execute function ops.audit_as_it_is();

-- grain: one row per content whose copy under KHOXA_HOME/raw is damaged or gone
create table ops.damaged_copy (
    content_sha256 text collate "C" primary key
);
