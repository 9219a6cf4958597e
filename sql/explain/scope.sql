-- What one unit's figure of an indicator may rest on: its communes on all maps, the counts that a
-- rate divides; and stg.touched as if nothing but that had been filed (of :year, or of all years).
create temporary table explained_unit on commit drop as
select level, unit_key from mart.unit where unit_code = :unit;

create temporary table explained_commune on commit drop as
select unit_key as commune_key from explained_unit where level = 'commune'
union
select m.commune_key
from explained_unit as e
inner join ref.map_unit as u using (level, unit_key)
inner join ref.map_share as m using (map_unit_no);

create temporary table explained_indicator on commit drop as
select p.indicator_key
from dw.dim_indicator as i
inner join dw.dim_indicator as p
    on p.indicator_code in (
        i.indicator_code, i.numerator_code, i.denominator_code, i.fall_of, i.each_unit_of
    )
where i.indicator_code = :indicator;

create temporary table explained_year on commit drop as
select year from dw.dim_year where year = coalesce(cast(:year as integer), year);

create temporary table explained_name on commit drop as
select
    level, unit_key,
    -- versions of one code are told apart by their first day
    unit_name || ' (' || unit_code || case
        when count(*) over (partition by level, unit_code) > 1 then ', ' || valid_from else ''
    end || ')' as name
from mart.unit;

create unique index on explained_name (level, unit_key);

delete from stg.touched;

insert into stg.touched (commune_key, district_key, province_key, year)
with facts as (
    select level, commune_key, district_key, province_key, year from dw.fact_indicator
    union all
    select level, commune_key, district_key, province_key, year from dw.fact_target
)

select distinct commune_key, district_key, province_key, year
from facts
where
    year in (select year from explained_year)
    and case
        when commune_key is null
            then (level, coalesce(district_key, province_key))
            in (select level, unit_key from explained_unit)
        else commune_key in (select commune_key from explained_commune)
    end
on conflict do nothing
