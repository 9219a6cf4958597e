-- Marts made for dragging say which of their figures rest on a filing that calls its figures invented.
alter table dw.star_period add column is_illustrative boolean not null default false;
alter table dw.star_year add column is_illustrative boolean not null default false;
alter table dw.star_fund add column is_illustrative boolean not null default false;

-- what is there is put ready by the next night
insert into stg.touched (commune_key, district_key, province_key, year)
select distinct commune_key, district_key, province_key, year from dw.fact_indicator
union
select distinct commune_key, district_key, province_key, year from dw.fact_target
union
select distinct commune_key, district_key, province_key, year from dw.fact_fund
on conflict do nothing;
