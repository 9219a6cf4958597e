-- makes star_called
-- reads star_inside, stg.valued_fact, stg.noted_filing, dw.dim_indicator, dw.dim_fund, raw.filing
-- one row per fact of a commune of star_inside that is called invented by all filings that give it
-- why as stg.noted_fact says, found commune by commune, then told of all at once (offset 0); none where
--   no filing calls a figure invented
create temporary table star_called on commit drop as
with fact as materialized (
    select
        f.first_key, f.commune_key, f.year, f.period,
        case f.said when 'assigned' then ref.asked_by(g.filer_level, 'commune') else f.said end as measure,
        coalesce(i.indicator_code, d.project_code, '') as code,
        g.is_noted and (
            not f.is_reached or g.excepted = '' or strpos(g.excepted, lower(i.name_vi)) = 0
        ) as is_invented
    from (
        select
            m.first_key, m.commune_key, m.year, v.filing_id, v.period, v.said, v.indicator_key,
            v.fund_key, v.is_reached
        from star_inside as m
        cross join lateral (
            select a.filing_id, a.period, a.said, a.indicator_key, a.fund_key, a.is_reached
            from stg.valued_fact as a
            where a.commune_key = m.commune_key and a.year = m.year
            offset 0
        ) as v
        where exists (
            select from raw.filing as n where n.illustrative_note <> '' and n.state = 'accepted'
        )
        offset 0
    ) as f
    inner join stg.noted_filing as g using (filing_id)
    left join dw.dim_indicator as i using (indicator_key)
    left join dw.dim_fund as d using (fund_key)
),

doubted as (
    select distinct commune_key, year, period, measure, code from fact where not is_invented
),

mixed as (  -- few or none: no other commune is looked up among the doubted
    select distinct commune_key, year from doubted
)

select f.first_key, f.commune_key, f.year, f.period, f.measure, f.code
from fact as f
where f.is_invented and (f.commune_key, f.year) not in (select commune_key, year from mixed)
union all
select f.first_key, f.commune_key, f.year, f.period, f.measure, f.code
from mixed
inner join fact as f using (commune_key, year)
left join doubted as d using (commune_key, year, period, measure, code)
where f.is_invented and d.commune_key is null
