-- Roles of the warehouse, made once a server by an administrator; passwords are set outside.
do $$
begin
    if not exists (select from pg_roles where rolname = 'khoxa_owner') then
        create role khoxa_owner login;
    end if;
    if not exists (select from pg_roles where rolname = 'khoxa_loader') then
        create role khoxa_loader login;
    end if;
    if not exists (select from pg_roles where rolname = 'bi_reader') then
        create role bi_reader login;
    end if;
end
$$;
