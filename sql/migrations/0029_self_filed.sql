-- How many districts of a province filed a figure for themselves: their communes did not report it.
alter table dw.agg_indicator add column districts_self_filed integer not null default 0;
insert into stg.touched (commune_key, district_key, province_key, year)
select distinct commune_key, district_key, province_key, year
from dw.fact_indicator
where level = 'district'
on conflict do nothing;

-- The spellings of units that filings were read by (`alias`: level, parent and name, and the code).
alter table ops.declared
    drop constraint declared_kind_check,
    add check (kind in ('seeds', 'form', 'indicator', 'alias'));

-- What filings that were loaded before 0023 say of their figures was not read: null until the next
-- night has looked it up in their files.
alter table raw.filing alter column illustrative_note drop not null;
update raw.filing set illustrative_note = null
where illustrative_note = '' and state in ('accepted', 'rejected');

-- on how many of how many communes a figure rests; where districts filed it for themselves, on those
create function ref.rests_on(
    units integer, of_units integer, districts integer, of_districts integer, self_filed integer
) returns text
immutable parallel safe language sql
return case
    when self_filed > 0 and self_filed = districts
        then districts || '/' || of_districts || ' huyện tự báo cáo'
    when self_filed > 0 then units || '/' || of_units || ' xã, ' || self_filed || ' huyện tự báo cáo'
    else units || '/' || of_units
end;
