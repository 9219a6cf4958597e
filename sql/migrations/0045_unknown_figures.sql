-- What a merger leaves no number of, a unit of a former map has for every indicator: one row with their
-- keys instead of one each.

-- grain: one row per unit of a map, year, period, measure and how many units stand behind it: the
-- indicators that have no number there
create table dw.agg_indicator_unknown (
    unit_map           text not null,
    level              text not null check (level in ('commune', 'district')),
    unit_key           integer not null,
    district_key       integer,
    province_key       integer not null,
    year               smallint not null,
    period             text not null,
    measure            text not null,
    indicator_keys     smallint[] not null,
    units_expected     integer not null,
    units_reported     integer not null,
    districts_expected integer not null,
    districts_reported integer not null,
    shares_unknown     integer not null,
    primary key (
        level, unit_key, year, unit_map, period, measure, shares_unknown, units_expected,
        units_reported, districts_expected, districts_reported
    )
);
create index agg_indicator_unknown_province on dw.agg_indicator_unknown (province_key, year);

with unknown as (
    delete from dw.agg_indicator as a
    where
        a.unit_map <> 'as_filed' and a.level <> 'province'
        and num_nonnulls(a.numerator, a.denominator, a.value) = 0
        and not exists (
            select from dw.agg_indicator as o
            where
                (o.level, o.unit_key, o.year, o.period, o.measure, o.indicator_key)
                = (a.level, a.unit_key, a.year, a.period, a.measure, a.indicator_key)
                and o.unit_map = 'as_filed'
        )
        and not exists (
            select from dw.agg_indicator_bridged as o
            where
                a.level = 'commune'
                and (o.commune_key, o.year, o.period, o.measure, o.indicator_key)
                = (a.unit_key, a.year, a.period, a.measure, a.indicator_key)
        )
    returning a.*
)

insert into dw.agg_indicator_unknown (
    unit_map, level, unit_key, district_key, province_key, year, period, measure, indicator_keys,
    units_expected, units_reported, districts_expected, districts_reported, shares_unknown
)
select
    unit_map, level, unit_key, district_key, province_key, year, period, measure,
    array_agg(indicator_key order by indicator_key), units_expected, units_reported,
    districts_expected, districts_reported, shares_unknown
from unknown
group by
    unit_map, level, unit_key, district_key, province_key, year, period, measure, units_expected,
    units_reported, districts_expected, districts_reported, shares_unknown;

-- a night reads the years that it touches, and no others
drop index dw.agg_indicator_parent;
create index agg_indicator_parent on dw.agg_indicator (province_key, year, level);
drop index dw.agg_indicator_own_province;
create index agg_indicator_own_province on dw.agg_indicator_own (province_key, year);
create index agg_indicator_bridged_province on dw.agg_indicator_bridged (province_key, year);
drop index dw.fact_fund_district;
create index fact_fund_above on dw.fact_fund (province_key, year) where commune_key is null;
create index fact_indicator_above on dw.fact_indicator (province_key, year) where commune_key is null;
create index fact_target_above on dw.fact_target (province_key, year) where commune_key is null;
