-- What is still to do until a target is reached, and the pace that this asks for.
alter table dw.agg_attainment
    add column remaining_value numeric check (remaining_value > 0),
    add column room_value numeric check (room_value >= 0),
    add column pace_per text check (pace_per in ('month', 'year')),
    add column pace_so_far numeric,
    add column pace_needed numeric check (pace_needed >= 0),
    add check (num_nulls(remaining_value, room_value) > 0);

-- every target is to be judged by the next night
insert into stg.touched (commune_key, district_key, province_key, year)
select commune_key, district_key, province_key, year from dw.fact_target
union
select commune_key, district_key, province_key, year from dw.fact_indicator
on conflict do nothing;
