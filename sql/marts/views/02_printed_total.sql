-- makes stg.printed_total
-- reads dw.fact_target, raw.current_filing
-- one row per unit, year, period and indicator: the total that the unit's latest document prints
--   under what it assigns to its communes
-- why the annex of a plan prints what the unit itself is to reach: Na Rì's end rate of 25,38 %
--   stands nowhere else
create view stg.printed_total as
select distinct on (f.level, u.unit_key, f.year, f.period, f.indicator_key)
    f.level, u.unit_key, f.year, f.period, f.indicator_key, f.target_value, f.text_as_printed,
    f.filing_id, f.sheet, f.cell
from dw.fact_target as f
inner join raw.current_filing as g using (filing_id)
cross join lateral (select coalesce(f.district_key, f.province_key) as unit_key) as u
where f.basis = 'assigned_total' and f.state = 'value'
order by
    f.level, u.unit_key, f.year, f.period, f.indicator_key, g.received_at desc, f.filing_id desc,
    f.sheet, length(f.cell) desc, f.cell desc;
