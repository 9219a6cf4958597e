-- Replaces the names of the agencies that all units of a level have, and puts them on those that
-- filings named; keys never change.
delete from ref.agency;
insert into ref.agency
select agency_code, level, name_vi, name_en from seed_agency;

update dw.dim_agency as d
set level = coalesce(a.level, d.level), name_vi = a.name_vi, name_en = a.name_en
from ref.agency as a
where
    a.agency_code = d.agency_code
    and (d.level, d.name_vi, d.name_en)
    is distinct from (coalesce(a.level, d.level), a.name_vi, a.name_en);
