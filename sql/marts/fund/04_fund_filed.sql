-- makes fund_filed
-- reads stg.touched, dw.fact_fund, raw.current_filing
-- one row per district of a touched province, or the province itself (district 0), years, period,
--   project line, source and stage: what it filed itself
-- why plans are made by districts and provinces; a need left blank is none
create temporary table fund_filed on commit drop as
select
    coalesce(f.district_key, 0) as district_key, f.province_key, f.year_from, f.year, f.period,
    f.fund_key, f.stage, sum(f.amount_million_vnd) as amount
from dw.fact_fund as f
inner join raw.current_filing as g using (filing_id)
where
    f.level <> 'commune'
    and (f.stage <> 'need' or f.state = 'value')
    and (f.province_key, f.year) in (select province_key, year from stg.touched)
group by
    coalesce(f.district_key, 0), f.province_key, f.year_from, f.year, f.period, f.fund_key, f.stage
