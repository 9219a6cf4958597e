-- Replaces the reference tables from the seed_* tables that etl.migrate copied.
delete from ref.derivation;
insert into ref.derivation
select
    indicator_code, measure, period, sign::smallint, part_code, part_measure, part_period
from seed_derivation;

delete from ops.calendar;
insert into ops.calendar
select
    form, filer_level, scope_code, year::smallint, period, due_on::date, basis_vi, basis_en, units_on
from seed_calendar;
