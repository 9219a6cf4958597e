-- Periods of a year as a table (sql/seeds/period.csv): months, quarters, halves, what is counted
-- since 1 January. A figure's period is the months that it is of; a filing's is what its title says.

-- one row per period of a year
create table dw.dim_period (
    period      text primary key,
    kind        text not null check (
        kind in ('opening', 'month', 'quarter', 'half', 'since_start', 'year')
    ),
    first_month smallint check (first_month between 1 and last_month),
    last_month  smallint check (last_month <= 12),
    due_share   numeric not null check (due_share between 0 and 1),
    name_vi     text not null,
    name_en     text not null,
    short_vi    text not null,
    short_en    text not null,
    check ((kind = 'opening') = (last_month is null)),
    check ((first_month is null) = (last_month is null)),
    check (kind not in ('since_start', 'year') or first_month = 1)
);

-- the months of a period, and the period from 1 January to its end: what the table says, put into
-- these functions by sql/seeds/04_period.sql, since a day that is kept (figure_on) may read no table
create function ref.first_month(period text) returns integer
immutable parallel safe language sql
return case when period <> 'OPEN' then 1 end;

create function ref.last_month(period text) returns integer
immutable parallel safe language sql
return case period when 'H1' then 6 when 'Y' then 12 end;

create function ref.since_start(period text) returns text
immutable parallel safe language sql
return period;

-- the last day of a period; of the year where it is none
create or replace function ref.last_day(period text, year integer) returns date
immutable parallel safe language sql
return (
    make_date(year, coalesce(ref.last_month(period), 12), 1) + interval '1 month - 1 day'
)::date;

-- the period that a figure is of: the one its place on the form says, or the filing's, from
-- 1 January where it was counted since then
create function ref.figure_period(stated text, figures text, filed text) returns text
immutable parallel safe language sql
return coalesce(
    stated, case figures when 'of_period' then filed else ref.since_start(filed) end
);

alter table raw.filing
    drop constraint filing_period_check,
    add foreign key (period) references dw.dim_period not valid;
alter table ops.calendar
    drop constraint calendar_period_check,
    add foreign key (period) references dw.dim_period not valid;
alter table ref.correction
    drop constraint correction_period_check,
    add foreign key (period) references dw.dim_period not valid;
alter table dw.fact_indicator
    drop constraint fact_indicator_period_check,
    add foreign key (period) references dw.dim_period not enforced;
alter table dw.fact_fund
    drop constraint fact_fund_period_check,
    add foreign key (period) references dw.dim_period not enforced;
alter table dw.fact_target
    drop constraint fact_target_period_check,
    add foreign key (period) references dw.dim_period not enforced;

alter table stg.slot
    add column figures text not null default 'since_start'
        check (figures in ('since_start', 'of_period')),
    add column year_offset smallint not null default 0;

-- Indicators that are answered yes or no (1, 0; of several units how many said yes of those that
-- said anything), and what a merger of units does to an indicator: its counts add, a rate has them
-- for its parts, a mean is weighted by a count, or there is no number of the whole.
alter table dw.dim_indicator
    drop constraint dim_indicator_kind_check,
    add check (kind in ('count', 'rate', 'yes_no')),
    add column merger text not null default 'none'
        check (merger in ('add', 'parts', 'weighted_mean', 'none')),
    add column weighted_by text,
    add column per numeric not null
        generated always as (case merger when 'weighted_mean' then 1 else 100 end) stored,
    add check ((merger = 'weighted_mean') = (weighted_by is not null)),
    add check (kind = 'rate' or merger in ('add', 'none'));
alter table dw.dim_indicator alter column merger drop default;

-- What a filing says of another year than its own, or only estimates, stands apart from what was
-- reached: the year's own filing goes before it.
alter table dw.fact_indicator
    add column year_offset smallint not null default 0 check (year_offset between -1 and 1),
    drop constraint fact_indicator_measure_check,
    add constraint fact_indicator_measure_check check (
        measure in ('baseline', 'target', 'actual', 'preliminary', 'estimate', 'plan_next')
    );
alter table dw.fact_fund
    add column year_offset smallint not null default 0 check (year_offset between -1 and 1);

-- the day whose units a figure is about
create or replace function ref.figure_day(measure text, period text, year integer) returns date
immutable parallel safe language sql
return case
    when measure not in ('actual', 'preliminary', 'estimate') then make_date(year, 1, 1)
    else ref.last_day(period, year)
end;
