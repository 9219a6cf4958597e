-- grain: one row a touched commune, year, period, project line and source.
insert into dw.agg_fund
select
    'commune', f.commune_key, c.district_key, c.province_key, f.year, f.period, f.fund_key,
    f.need, f.plan, f.allocated, f.disbursed, 1, 1
from (
    select
        f.commune_key, f.year, f.period, f.fund_key,
        sum(f.amount_million_vnd) filter (where f.stage = 'need') as need,
        sum(f.amount_million_vnd) filter (where f.stage = 'plan') as plan,
        sum(f.amount_million_vnd) filter (where f.stage = 'allocated') as allocated,
        sum(f.amount_million_vnd) filter (where f.stage = 'disbursed') as disbursed
    from dw.fact_fund as f
    inner join (select distinct commune_key, year from stg.touched) as t
        on t.commune_key = f.commune_key and t.year = f.year
    inner join raw.filing as g using (filing_id)
    where g.state = 'accepted' and g.superseded_by is null
    group by f.commune_key, f.year, f.period, f.fund_key
) as f
inner join dw.dim_commune as c using (commune_key)
