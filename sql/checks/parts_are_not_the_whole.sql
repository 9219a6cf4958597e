-- one row per count of a touched commune that its months, quarters or halves do not add up to
-- severity: warn
select w.unit_key, w.year, w.period, p.part_kind, w.indicator_key
from dw.agg_indicator as w
inner join stg.period_part as p using (period)
inner join dw.agg_indicator as a
    on a.level = w.level and a.unit_key = w.unit_key and a.year = w.year
    and a.unit_map = w.unit_map and a.measure = w.measure and a.indicator_key = w.indicator_key
    and a.period = any(p.parts)
inner join dw.dim_indicator as i on i.indicator_key = w.indicator_key
where
    w.level = 'commune' and w.unit_map = 'as_filed' and w.measure = 'actual'
    and i.timing = 'flow' and i.kind = 'count'
    and (w.unit_key, w.year) in (select commune_key, year from stg.touched)
group by w.unit_key, w.year, w.period, p.part_kind, p.parts, w.indicator_key, w.value
having count(*) = cardinality(p.parts) and sum(a.value) <> w.value
