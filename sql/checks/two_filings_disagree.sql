-- one row per touched figure that two current filings of different forms give differently
-- severity: warn
select f.commune_key, f.year, f.period, f.measure, f.indicator_key
from dw.fact_indicator as f
inner join (select distinct commune_key, year from stg.touched) as t using (commune_key, year)
inner join raw.current_filing as g using (filing_id)
where f.state = 'value'
group by f.commune_key, f.year, f.period, f.measure, f.indicator_key
having count(distinct f.value) > 1
