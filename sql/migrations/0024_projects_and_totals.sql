-- The project of the programme that an indicator belongs to, so that who leads the project answers
-- for its targets.
alter table dw.dim_indicator add column project_code text;

-- Whether the number of a target is read out of the words, and printed nowhere.
alter table dw.fact_target add column is_inferred boolean not null default false;
alter table dw.agg_target add column is_inferred boolean not null default false;

-- The total that a document prints under what it assigns to units below.
alter table dw.fact_target
    drop constraint fact_target_basis_check,
    add check (basis in ('assigned', 'registered', 'assigned_total'));

-- every unit that has targets is judged anew
insert into stg.touched (commune_key, district_key, province_key, year)
select distinct commune_key, district_key, province_key, year from dw.fact_target
on conflict do nothing;
