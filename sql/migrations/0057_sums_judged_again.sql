-- Sums of what communes registered, or were assigned, are judged again by the next night: against what those
-- very communes reached.
insert into stg.touched (commune_key, district_key, province_key, year)
select distinct commune_key, district_key, province_key, year
from dw.fact_target
where commune_key is not null and basis in ('registered', 'assigned')
on conflict do nothing;
