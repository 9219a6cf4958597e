-- Figures that a unit filed for itself, and those bridged from the communes it came of, in tables of
-- their own; what several models ask, asked in one place. Which share of each commune a unit of a
-- map has is ref.map_share: `unit_map` is the name of a map, and nothing else.

alter table ref.unit_map rename to map_share;
alter index ref.unit_map_of_commune rename to map_share_of_commune;
alter table ref.map_share rename constraint unit_map_pkey to map_share_pkey;
alter table ref.map_share rename constraint unit_map_map_unit_no_fkey to map_share_map_unit_no_fkey;

-- the last day of a period; of the year where it is none
create function ref.last_day(period text, year integer) returns date
immutable parallel safe language sql
return case period when 'H1' then make_date(year, 6, 30) else make_date(year, 12, 31) end;

-- the day whose units a figure is about
create function ref.figure_day(measure text, period text, year integer) returns date
immutable parallel safe language sql
return case
    when measure not in ('actual', 'preliminary') then make_date(year, 1, 1)
    else ref.last_day(period, year)
end;

alter table dw.agg_indicator
    alter column figure_on set expression as (ref.figure_day(measure, period, year));

-- the day itself, or the nearest to it on which a unit was in force
create function ref.nearest_day(day date, valid_from date, valid_to date) returns date
immutable parallel safe language sql
return greatest(least(day, valid_to - 1), valid_from);

-- what a figure is held against: "about" allows 5 per cent on the bad side
create function ref.bound(operator text, direction text, goal numeric) returns numeric
immutable parallel safe language sql
return case
    when operator = '~' and direction = 'down' then goal * 1.05
    when operator = '~' then goal * 0.95
    else goal
end;

-- whether a target is to be stayed under: "=", "about" and a range are read by the direction
create function ref.is_cap(operator text, direction text) returns boolean
immutable parallel safe language sql
return operator in ('<', '<=') or (operator in ('=', '~', 'between') and direction = 'down');

-- what is said of a sum that stands beside what was asked
create function ref.cover(
    value numeric, bound numeric, is_cap boolean, is_strict boolean
) returns text
immutable parallel safe language sql
return case
    when is_cap and value > bound then 'short'
    when not is_cap and value < bound then 'short'
    when is_strict and value = bound then 'short'
    else 'covered'
end;

-- a moment on the clock of Vietnam (etl.ground.config.TIMEZONE)
create function ref.local_time(moment timestamptz) returns timestamp
immutable parallel safe language sql
return moment at time zone 'Asia/Ho_Chi_Minh';

-- one row per filing that counts: accepted, and no later one took its place
create view raw.current_filing as
select
    filing_id, form, filer_level, filer_code, year, last_year, period, version, units_on,
    received_at
from raw.filing
where state = 'accepted' and superseded_by is null;

-- one row per figure that a district or province filed for itself
create table dw.agg_indicator_own (
    level         text not null check (level in ('district', 'province')),
    unit_key      integer not null,
    district_key  integer,
    province_key  integer not null,
    year          smallint not null,
    period        text not null,
    measure       text not null,
    indicator_key smallint not null,
    numerator     numeric,
    denominator   numeric,
    value         numeric,
    figure_on     date not null generated always as (
        ref.figure_day(measure, period, year)
    ) stored,
    primary key (level, unit_key, year, period, measure, indicator_key)
);
create index agg_indicator_own_province on dw.agg_indicator_own (province_key);

-- one row per figure that a commune reached since the opening counts of the communes it came of
create table dw.agg_indicator_bridged (
    commune_key   integer not null,
    district_key  integer,
    province_key  integer not null,
    year          smallint not null,
    period        text not null,
    measure       text not null,
    indicator_key smallint not null,
    numerator     numeric,
    denominator   numeric,
    value         numeric,
    figure_on     date not null generated always as (
        ref.figure_day(measure, period, year)
    ) stored,
    primary key (commune_key, year, period, measure, indicator_key)
);

insert into dw.agg_indicator_own (
    level, unit_key, district_key, province_key, year, period, measure, indicator_key, numerator,
    denominator, value
)
select
    level, unit_key, district_key, province_key, year, period, measure, indicator_key, numerator,
    denominator, value
from dw.agg_indicator
where unit_map = 'own';

insert into dw.agg_indicator_bridged (
    commune_key, district_key, province_key, year, period, measure, indicator_key, numerator,
    denominator, value
)
select
    unit_key, district_key, province_key, year, period, measure, indicator_key, numerator,
    denominator, value
from dw.agg_indicator
where unit_map = 'bridged';

delete from dw.agg_indicator where unit_map in ('own', 'bridged');
