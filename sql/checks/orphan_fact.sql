-- one row per touched fact whose filing, unit, indicator or fund is not in its dimension
-- severity: fail
with years as (
    select 1 as found, year from dw.dim_year
),

touched as (
    select t.commune_key, t.year, num_nulls(c.commune_key, y.found) > 0 as is_orphan
    from (select distinct commune_key, year from stg.touched where commune_key is not null) as t
    left join dw.dim_commune as c using (commune_key)
    left join years as y on y.year = t.year
)

select f.filing_id, f.sheet, f.cell
from dw.fact_indicator as f
inner join touched as t using (commune_key, year)
where
    t.is_orphan or f.filing_id not in (select filing_id from raw.filing)
    or f.indicator_key not in (select indicator_key from dw.dim_indicator)
union all
select f.filing_id, f.sheet, f.cell
from dw.fact_target as f
inner join touched as t using (commune_key, year)
where
    t.is_orphan or f.filing_id not in (select filing_id from raw.filing)
    or f.indicator_key not in (select indicator_key from dw.dim_indicator)
union all
select f.filing_id, f.sheet, f.cell
from dw.fact_fund as f
inner join touched as t using (commune_key, year)
where
    t.is_orphan or f.filing_id not in (select filing_id from raw.filing)
    or f.fund_key not in (select fund_key from dw.dim_fund)
union all
-- what districts and provinces filed themselves
select f.filing_id, f.sheet, f.cell
from (
    select filing_id, sheet, cell, level, district_key, province_key, year
    from dw.fact_indicator where commune_key is null
    union all
    select filing_id, sheet, cell, level, district_key, province_key, year
    from dw.fact_target where commune_key is null
    union all
    select filing_id, sheet, cell, level, district_key, province_key, year
    from dw.fact_fund where commune_key is null
) as f
left join raw.filing as g using (filing_id)
left join dw.dim_district as d using (district_key)
left join dw.dim_province as p on p.province_key = f.province_key
left join years as y on y.year = f.year
where
    (f.province_key, f.year) in (select province_key, year from stg.touched)
    and (
        num_nulls(g.filing_id, p.province_key, y.found) > 0
        or (f.level = 'district' and d.district_key is null)
    )
