-- grain: one row per accepted filing of this batch, bound to the unit that filed it, in force
-- on the filing's units_on
create temporary table bound_filing on commit drop as
select
    f.filing_id,
    f.filer_level,
    f.year,
    f.last_year,
    f.period,
    f.units_on,
    c.commune_key,
    coalesce(c.district_key, d.district_key) as district_key,
    coalesce(c.province_key, d.province_key, p.province_key) as province_key
from raw.filing as f
left join dw.dim_commune as c
    on f.filer_level = 'commune' and c.commune_code = f.filer_code
    and f.units_on >= c.valid_from and f.units_on < c.valid_to
left join dw.dim_district as d
    on f.filer_level = 'district' and d.district_code = f.filer_code
    and f.units_on >= d.valid_from and f.units_on < d.valid_to
left join dw.dim_province as p
    on f.filer_level = 'province' and p.province_code = f.filer_code
    and f.units_on >= p.valid_from and f.units_on < p.valid_to
where f.filing_id = any(:batch) and f.state = 'accepted'
