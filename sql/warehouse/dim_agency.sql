-- one row per agency that the filings being loaded name for the first time
insert into dw.dim_agency (
    agency_key, agency_code, level, name_vi, name_en, unit_level, unit_key, unit_code
)
select
    -- the same key in whatever order filings came
    hashtextextended(concat_ws('|', n.agency_code, n.unit_level, n.unit_key), 0),
    n.agency_code, n.agency_level, n.name_vi, n.name_en, n.unit_level, n.unit_key, u.unit_code
from (
    select distinct on (agency_code, unit_level, unit_key)
        agency_code, agency_level, name_vi, name_en, unit_level, unit_key
    from bound_words
    where agency_code is not null and unit_key is not null
    order by agency_code, unit_level, unit_key, name_vi collate "C"
) as n
inner join mart.unit as u on u.level = n.unit_level and u.unit_key = n.unit_key
where not exists (
    select from dw.dim_agency as d
    where (d.agency_code, d.unit_level, d.unit_key) = (n.agency_code, n.unit_level, n.unit_key)
)
