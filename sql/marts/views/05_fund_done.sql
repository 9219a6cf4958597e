-- makes stg.fund_done
-- reads dw.agg_fund, ref.map_unit, ref.map_share
-- one row per unit of a map, years (year_from to year), period, project line and source that
--   anything was done with
-- why money follows communes; what a unit alone filed, and none of its communes, is its own on every
--   map that it is on
create view stg.fund_done as
select
    w.map_unit_no, a.year_from, a.year, a.period, a.fund_key, count(*) as units_reported,
    sum(a.allocated_million_vnd) as allocated, sum(a.disbursed_million_vnd) as disbursed,
    sum(a.mobilised_million_vnd) as mobilised,
    bool_and(w.weight is not distinct from 1) as is_whole
from ref.map_share as w
inner join dw.agg_fund as a
    on a.level = 'commune' and a.unit_key = w.commune_key and a.units_reported > 0
group by w.map_unit_no, a.year_from, a.year, a.period, a.fund_key
union all
select
    m.map_unit_no, a.year_from, a.year, a.period, a.fund_key, 0, a.allocated_million_vnd,
    a.disbursed_million_vnd, a.mobilised_million_vnd, true
from ref.map_unit as m
inner join dw.agg_fund as a using (level, unit_key)
where
    a.units_reported = 0
    and num_nonnulls(a.allocated_million_vnd, a.disbursed_million_vnd, a.mobilised_million_vnd) > 0;
