-- one row per count of a touched commune that its months, quarters or halves do not add up to
-- severity: warn
with figure as materialized (
    select a.unit_key, a.year, a.period, a.indicator_key, a.value
    from (select distinct commune_key, year from stg.touched) as t
    inner join dw.agg_indicator as a
        on a.level = 'commune' and a.unit_key = t.commune_key and a.year = t.year
    inner join dw.dim_indicator as i using (indicator_key)
    where
        a.unit_map = 'as_filed' and a.measure = 'actual' and i.timing = 'flow' and i.kind = 'count'
)

select w.unit_key, w.year, w.period, p.part_kind, w.indicator_key
from figure as w
inner join stg.period_part as p using (period)
inner join figure as a
    on a.unit_key = w.unit_key and a.year = w.year and a.indicator_key = w.indicator_key
    and a.period = any(p.parts)
group by w.unit_key, w.year, w.period, p.part_kind, p.parts, w.indicator_key, w.value
having count(*) = cardinality(p.parts) and sum(a.value) <> w.value
