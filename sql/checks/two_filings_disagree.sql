-- one row per touched figure that two current filings of different forms give differently
-- severity: warn
select f.commune_key, f.year, f.period, f.measure, f.indicator_key
from (select distinct commune_key, year from stg.touched) as t
cross join lateral (  -- found commune by commune (offset 0)
    select i.commune_key, i.year, i.period, i.measure, i.indicator_key, i.value, i.filing_id
    from dw.fact_indicator as i
    where i.commune_key = t.commune_key and i.year = t.year and i.state = 'value'
    offset 0
) as f
inner join raw.current_filing as g using (filing_id)
group by f.commune_key, f.year, f.period, f.measure, f.indicator_key
having min(f.value) <> max(f.value)
