-- grain: one row per version of a unit that the warehouse has and neither the seeds nor any file of a
-- unit event any more, with the event that began it
with known as (
    select commune_code as code, valid_from from dw.dim_commune
    union all
    select district_code, valid_from from dw.dim_district
    union all
    select province_code, valid_from from dw.dim_province
),

told as (
    select code, valid_from::date as valid_from from seed_commune
    union all
    select code, valid_from::date from seed_district
    union all
    select code, valid_from::date from seed_province
),

lost as (
    select code, valid_from from known
    except
    select code, valid_from from told
)

select l.code, l.valid_from, coalesce(max(e.legal_basis), '') as basis
from lost as l
left join ref.unit_event as e on e.event_on = l.valid_from and e.event_id like '%/' || l.code
group by l.code, l.valid_from
order by l.valid_from, l.code
