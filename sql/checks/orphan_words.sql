-- one row per touched responsibility, duty or text whose filing, agency, indicator, project or unit is not in its dimension
-- severity: fail
with words as (
    select
        filing_id, sheet, cell, level, commune_key, district_key, province_key, year, agency_key,
        true as has_agency, indicator_key, project_code
    from dw.fact_responsibility
    union all
    -- a limit of support is asked of nobody
    select
        filing_id, sheet, cell, level, commune_key, district_key, province_key, year, agency_key,
        duty_kind <> 'limit' or agency_key is not null, null, project_code
    from dw.fact_duty
    union all
    select
        filing_id, sheet, cell, level, commune_key, district_key, province_key, year, null, false,
        null, null
    from dw.fact_text
)

select f.filing_id, f.sheet, f.cell
from words as f
left join raw.filing as g using (filing_id)
left join dw.dim_agency as a using (agency_key)
left join dw.dim_indicator as i using (indicator_key)
left join dw.dim_commune as c using (commune_key)
left join dw.dim_district as d on d.district_key = f.district_key
left join dw.dim_province as p on p.province_key = f.province_key
left join dw.dim_year as y on y.year = f.year
where
    (f.province_key, f.year) in (select province_key, year from stg.touched)
    and (
        num_nulls(g.filing_id, p.province_key, y.plan_period) > 0
        or f.has_agency and a.agency_key is null
        or f.indicator_key is not null and i.indicator_key is null
        or f.level = 'commune' and c.commune_key is null
        or f.level = 'district' and d.district_key is null
        or f.project_code is not null
        and f.project_code not in (select project_code from dw.dim_fund)
    )
