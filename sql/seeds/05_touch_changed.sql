-- Has every unit that has figures or targets aggregated and judged again by the next night, if an
-- indicator means something else than before.
insert into stg.touched (commune_key, district_key, province_key, year)
select f.commune_key, f.district_key, f.province_key, f.year
from (
    select commune_key, district_key, province_key, year from dw.fact_indicator
    union
    select commune_key, district_key, province_key, year from dw.fact_target
) as f
where exists (
    select from indicator_before as b
    inner join dw.dim_indicator as d using (indicator_key)
    where
        b.meaning <> to_jsonb(d)
        - array['name_vi', 'name_en', 'definition_vi', 'definition_en', 'jump_pct', 'project_code']
)
on conflict do nothing;
