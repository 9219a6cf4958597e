-- Of several filings that give a figure: an opening that was counted at the end of the year before stands
-- before what the year's own forms repeat of it; of all else the year's own filing before another year's.
create function ref.fact_rank(measure text, year_offset integer) returns integer
immutable parallel safe language sql
return case measure when 'baseline' then -year_offset else abs(year_offset) end;

-- Units whose opening was counted so are worked out again by the next night.
insert into stg.touched (commune_key, district_key, province_key, year)
select distinct commune_key, district_key, province_key, year
from dw.fact_indicator
where measure = 'baseline' and year_offset = 1
on conflict do nothing;
