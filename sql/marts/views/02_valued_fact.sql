-- makes stg.valued_fact
-- reads dw.fact_indicator, dw.fact_target, dw.fact_fund
-- one row per fact that has a value, of figures, targets and money alike
-- why facts of three tables come together with no condition of theirs, so that each is asked by its
--   index. What a filing calls invented it may except by name only where it was reached (is_reached)
create view stg.valued_fact as
select
    filing_id, level, commune_key, district_key, province_key, year, period, measure as said,
    indicator_key, null::smallint as fund_key, measure <> 'baseline' as is_reached
from dw.fact_indicator
where state = 'value'
union all
select
    filing_id, level, commune_key, district_key, province_key, year, period, basis, indicator_key,
    null::smallint, false
from dw.fact_target
union all
select
    filing_id, level, commune_key, district_key, province_key, year, period, stage, null::smallint,
    fund_key, false
from dw.fact_fund
where state = 'value';
