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
    -- the group of the roles that read only some units (`khoxa reader add`)
    if not exists (select from pg_roles where rolname = 'scoped_reader') then
        create role scoped_reader nologin;
    end if;
end
$$;
-- a question of a BI tool neither runs for ever, nor fills the disk, nor takes every connection
alter role bi_reader set statement_timeout = '60s';
alter role bi_reader set idle_in_transaction_session_timeout = '5min';
alter role bi_reader set temp_file_limit = '2GB';
alter role bi_reader connection limit 40;
-- it sorts a year of a country in memory, and finds by index what lies together on today's disks
alter role bi_reader set work_mem = '32MB';
alter role bi_reader set random_page_cost = 1.1;
-- a past day is put together by the loader and asked with the rights of bi_reader (etl/night/as_of.py)
grant bi_reader to khoxa_loader with inherit false, set true;
