-- Units through time: one version of a unit a day, links between versions, maps of a date.
create extension if not exists btree_gist with schema ref;

-- what was known from 31 December 2024 is taken as unchanged since the plan period began
update dw.dim_province set valid_from = date '2021-01-01' where valid_from = date '2024-12-31';
update dw.dim_district set valid_from = date '2021-01-01' where valid_from = date '2024-12-31';
update dw.dim_commune set valid_from = date '2021-01-01' where valid_from = date '2024-12-31';

alter table dw.dim_province
    add column legal_basis text not null default '',
    add constraint one_province_version_a_day exclude using gist (
        province_code with =, daterange(valid_from, valid_to) with &&
    );
alter table dw.dim_district
    add column legal_basis text not null default '',
    add constraint one_district_version_a_day exclude using gist (
        district_code with =, daterange(valid_from, valid_to) with &&
    );
alter table dw.dim_commune
    add column legal_basis text not null default '',
    add constraint one_commune_version_a_day exclude using gist (
        commune_code with =, daterange(valid_from, valid_to) with &&
    );

-- grain: one row per change: what became of some units, as one clause of its legal basis says
create table ref.unit_event (
    event_id    text primary key,
    event_on    date not null,
    kind        text not null check (kind in ('merge', 'split', 'rename', 'retype', 'transfer')),
    legal_basis text not null,
    note        text not null
);

-- grain: one row per event and unit version that it ended and one that came of it
create table ref.unit_link (
    event_id  text not null references ref.unit_event,
    old_level text not null check (old_level in ('commune', 'district', 'province')),
    old_key   integer not null,
    new_level text not null check (new_level in ('commune', 'province')),
    new_key   integer not null,
    link      text not null check (link in ('whole', 'part')),
    weight    numeric check (weight > 0 and weight < 1),
    check (link = 'part' or weight is null),
    primary key (old_level, old_key, new_level, new_key)
);

-- grain: one row per date whose map of units figures are expressed on
create table ref.map_date (
    map_on   date primary key,
    unit_map text not null unique
);

-- grain: one row per commune version and later one that has all or part of it
create table ref.unit_path (
    from_key integer not null,
    to_key   integer not null,
    weight   numeric,
    primary key (from_key, to_key)
);
create index unit_path_back on ref.unit_path (to_key);

-- grain: one row per map and unit that stands on it; districts stay as groups after their end.
-- as_filed: every district and province. is_exact: all communes that touch it lie wholly in it
create table ref.map_unit (
    map_unit_no integer primary key,
    unit_map    text not null,
    level       text not null check (level in ('commune', 'district', 'province')),
    unit_key    integer not null,
    is_exact    boolean not null,
    unique (level, unit_key, unit_map)
);

-- grain: one row per unit of a map and a commune version that it has all or part of: weight 1 is
-- all, empty a share that nobody filed. is_own: itself or a parent that it had itself; as_filed has
-- no others
create table ref.unit_map (
    map_unit_no integer not null references ref.map_unit,
    commune_key integer not null,
    weight      numeric,
    is_own      boolean not null,
    primary key (map_unit_no, commune_key)
);
create index unit_map_of_commune on ref.unit_map (commune_key);

alter table dw.agg_indicator add column unit_map text not null default 'as_filed';
alter table dw.agg_indicator alter column unit_map drop default;
alter table dw.agg_indicator add column shares_unknown integer not null default 0;
-- the day whose units a figure is about
alter table dw.agg_indicator add column figure_on date not null generated always as (
    case
        when measure not in ('actual', 'preliminary') then make_date(year, 1, 1)
        when period = 'H1' then make_date(year, 6, 30)
        else make_date(year, 12, 31)
    end
) stored;
alter table dw.agg_indicator drop constraint agg_indicator_pkey;
alter table dw.agg_indicator
    add primary key (level, unit_key, year, period, measure, indicator_key, unit_map);

alter table ops.calendar
    add column units_on text not null default 'end' check (units_on in ('start', 'end'));
