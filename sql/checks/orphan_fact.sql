-- one row per touched fact whose filing, unit, indicator or fund is not in its dimension
-- severity: fail
with touched as (
    select distinct commune_key, year from stg.touched
),

years as (
    select 1 as found, year from dw.dim_year
)

select f.filing_id, f.sheet, f.cell
from dw.fact_indicator as f
inner join touched as t on t.commune_key = f.commune_key and t.year = f.year
left join raw.filing as g using (filing_id)
left join dw.dim_indicator as i using (indicator_key)
left join dw.dim_commune as c on c.commune_key = f.commune_key
left join years as y on y.year = f.year
where num_nulls(g.filing_id, i.indicator_key, c.commune_key, y.found) > 0
union all
select f.filing_id, f.sheet, f.cell
from dw.fact_target as f
inner join touched as t on t.commune_key = f.commune_key and t.year = f.year
left join raw.filing as g using (filing_id)
left join dw.dim_indicator as i using (indicator_key)
left join dw.dim_commune as c on c.commune_key = f.commune_key
left join years as y on y.year = f.year
where num_nulls(g.filing_id, i.indicator_key, c.commune_key, y.found) > 0
union all
select f.filing_id, f.sheet, f.cell
from dw.fact_fund as f
inner join touched as t on t.commune_key = f.commune_key and t.year = f.year
left join raw.filing as g using (filing_id)
left join dw.dim_fund as d using (fund_key)
left join dw.dim_commune as c on c.commune_key = f.commune_key
left join years as y on y.year = f.year
where num_nulls(g.filing_id, d.fund_key, c.commune_key, y.found) > 0
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
