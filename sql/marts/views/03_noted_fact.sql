-- makes stg.noted_fact
-- reads stg.valued_fact, stg.noted_filing, dw.dim_indicator, dw.dim_fund
-- one row per fact that counts, and whether its filing calls its figures invented
-- why measure says of a target who stated it, in the words of mart.attainment
create view stg.noted_fact as
select
    f.level, f.commune_key, coalesce(f.commune_key, f.district_key, f.province_key) as unit_key,
    f.province_key, f.year, f.period,
    case f.said when 'assigned' then ref.asked_by(g.filer_level, f.level) else f.said end as measure,
    coalesce(i.indicator_code, d.project_code) as code,
    g.is_noted and (
        not f.is_reached or g.excepted = '' or strpos(g.excepted, lower(i.name_vi)) = 0
    ) as is_invented
from stg.valued_fact as f
inner join stg.noted_filing as g using (filing_id)
left join dw.dim_indicator as i using (indicator_key)
left join dw.dim_fund as d using (fund_key);
