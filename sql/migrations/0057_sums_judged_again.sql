-- Targets are judged again by the next night: sums of what communes registered, or were assigned, against what
-- those very communes reached; a cut of which only the opening of the year is missing says so.
insert into stg.touched (commune_key, district_key, province_key, year)
select distinct commune_key, district_key, province_key, year
from dw.fact_target
on conflict do nothing;
