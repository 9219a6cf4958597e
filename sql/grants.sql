-- Least privilege, applied after every migration: the loader writes rows and has no DDL,
-- bi_reader reads the marts and the dimensions and nothing else, a role limited to some units
-- (scoped_reader) reads the same marts in the schema `office` and nothing else; one of all units
-- those of `whole`, too.
revoke all on schema public from public;
grant usage on schema raw, stg, ref, dw, mart, ops to khoxa_loader;
grant select, insert, update, delete on all tables in schema raw, stg, ref, dw, ops
    to khoxa_loader;
revoke insert, update, delete on ref.reader_scope, ref.reader_unit from khoxa_loader;
revoke delete on raw.arrival from khoxa_loader;
grant truncate on all tables in schema stg to khoxa_loader;
grant maintain on all tables in schema raw, stg, dw to khoxa_loader; -- analyze after a load
grant select on all tables in schema mart to khoxa_loader;
revoke update, delete on ops.audit from khoxa_loader; -- only added to
-- a backup is the loader's work: it reads every table
grant usage on schema public to khoxa_loader;
grant select on public.alembic_version to khoxa_loader;
grant select on all sequences in schema raw, stg, ref, dw, ops to khoxa_loader;

revoke all on all tables in schema raw, stg, ref, dw, mart, ops, office, whole
    from bi_reader, scoped_reader;
grant usage on schema ref, dw, mart to bi_reader; -- of ref the functions, no table
grant select on all tables in schema mart to bi_reader;
grant select on dw.dim_commune, dw.dim_district, dw.dim_province, dw.dim_year,
    dw.dim_period, dw.dim_programme, dw.shown_indicator, dw.dim_indicator, dw.dim_fund,
    dw.dim_agency to bi_reader;

grant usage on schema ref, office to scoped_reader; -- of ref the functions, no table
grant select on all tables in schema office, whole to scoped_reader;
update ref.reader_scope set unit_code = unit_code; -- opens `whole` to whom it is open

-- readers make no temporary table; who is no role of khoxa does not connect
do $$
begin
    execute format(
        'revoke connect, temporary on database %I from public, bi_reader, scoped_reader',
        current_database()
    );
    execute format(
        'grant connect, temporary on database %I to khoxa_loader', current_database()
    );
    execute format(
        'grant connect on database %I to bi_reader, scoped_reader', current_database()
    );
end
$$;
