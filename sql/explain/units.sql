-- grain: one row per unit that figures or targets are known of
select unit_code, min(unit_name) as unit_name
from mart.unit
where (level, unit_key) in (
    select level, coalesce(commune_key, district_key, province_key) from dw.fact_indicator
    union
    select level, coalesce(commune_key, district_key, province_key) from dw.fact_target
)
group by unit_code
order by unit_code
