-- Replaces the reference tables from the seed_* tables that etl.setup.migrate copied.
delete from ref.derivation;
insert into ref.derivation
select
    indicator_code, measure, period, sign::smallint, part_code, part_measure, part_period
from seed_derivation
where period <> 'each'
union all
-- what is so at the end of every period since 1 January
select
    d.indicator_code, d.measure, p.period, d.sign::smallint, d.part_code, d.part_measure,
    case d.part_period when 'each' then p.period else d.part_period end
from seed_derivation as d
cross join dw.dim_period as p
where d.period = 'each' and p.first_month = 1;

delete from ops.calendar;
insert into ops.calendar
select
    form, filer_level, scope_code, year::smallint, period, due_on::date, basis_vi, basis_en, units_on
from seed_calendar;

-- What is due every year: "before" a day is due at the end of the day before it. A row of
-- calendar.csv of the same form, scope, year and period goes before the rule.
insert into ops.calendar
select
    r.form, r.filer_level, r.scope_code, y.year::smallint, r.period,
    make_date(
        y.year::integer + r.years_after::integer,
        split_part(r.day, '-', 1)::integer, split_part(r.day, '-', 2)::integer
    ) - (r.relation = 'before')::integer,
    r.basis_vi, r.basis_en, r.units_on
from seed_calendar_rule as r
inner join seed_year as y
    on y.year::integer between r.first_year::integer and coalesce(r.last_year::integer, 9999)
where not exists (
    select from seed_calendar as c
    where
        (c.form, c.filer_level, c.scope_code, c.year, c.period)
        = (r.form, r.filer_level, r.scope_code, y.year, r.period)
);
