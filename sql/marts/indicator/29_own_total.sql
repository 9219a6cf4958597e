-- makes own_total
-- reads stale_unit, dw.agg_indicator_own, dw.dim_indicator, own_day
-- one row per figure that a stale district or province filed for itself, and of how many communes
--   and districts it is
-- why it may stand in place of the sum of its communes
create temporary table own_total on commit drop as
select
    a.level, a.unit_key, a.district_key, a.province_key, a.year, a.period, a.measure,
    a.indicator_key, a.numerator, a.denominator, a.value,
    -- its own yes is one answer, no number of communes
    case i.kind when 'yes_no' then 1 else d.communes end as communes,
    case i.kind when 'yes_no' then 1 else d.districts end as districts, i.kind
from stale_unit as s
inner join dw.agg_indicator_own as a
    on a.level = s.level and a.unit_key = s.unit_key and a.year = s.year
inner join dw.dim_indicator as i using (indicator_key)
inner join own_day as d
    on d.level = a.level and d.unit_key = a.unit_key and d.year = a.year
    and d.figure_on = a.figure_on and d.unit_scope = i.unit_scope
where s.unit_map = 'as_filed'
