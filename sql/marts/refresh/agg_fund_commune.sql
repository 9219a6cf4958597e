-- grain: one row a touched commune, year, period, project line and source.
insert into dw.agg_fund
select
    'commune', f.commune_key, f.district_key, f.province_key, f.year, f.period, f.fund_key,
    sum(f.amount_million_vnd) filter (where f.stage = 'need'),
    sum(f.amount_million_vnd) filter (where f.stage = 'plan'),
    sum(f.amount_million_vnd) filter (where f.stage = 'allocated'),
    sum(f.amount_million_vnd) filter (where f.stage = 'disbursed'),
    1, 1
from dw.fact_fund as f
inner join raw.filing as g using (filing_id)
where
    g.state = 'accepted' and g.superseded_by is null and f.level = 'commune'
    and (f.commune_key, f.year) in (select commune_key, year from stg.touched)
group by f.commune_key, f.district_key, f.province_key, f.year, f.period, f.fund_key
