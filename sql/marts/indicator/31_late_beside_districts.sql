-- makes district_figure
-- reads district_figure, commune_figure, counted_elsewhere, ref.map_share, ref.unit_path, dw.dim_commune
-- one row per figure of a commune of the province that began after the day whose communes its districts
--   counted, of which none of these districts knows: what it adds, and how many communes of that day it is
-- why what one district filed for itself leaves out no late commune of the others
insert into district_figure (
    map_unit_no, level, unit_key, year, period, measure, indicator_key, district_key, counted_on,
    numerator, denominator, units, is_self_filed
)
with kin as (
    select commune_key, commune_key as kin_key, 1 as weight from dw.dim_commune
    union all
    select to_key, from_key, weight from ref.unit_path
),

late as (
    select distinct
        s.map_unit_no, s.unit_key, s.year, s.period, s.measure, s.indicator_key, s.counted_on,
        f.commune_key, f.numerator, f.denominator
    from district_figure as s
    inner join ref.map_share as m using (map_unit_no)
    inner join commune_figure as f using (commune_key, year, period, measure, indicator_key)
    where
        not f.is_bridged and f.numerator is not null and f.nearest_on > s.counted_on
        and not exists (
            select from counted_elsewhere as e
            where
                (e.map_unit_no, e.commune_key, e.year, e.period, e.measure, e.indicator_key)
                = (s.map_unit_no, f.commune_key, f.year, f.period, f.measure, f.indicator_key)
        )
)

select
    n.map_unit_no, 'province', n.unit_key, n.year, n.period, n.measure, n.indicator_key, min(c.district_key),
    n.counted_on, n.numerator, n.denominator, count(c.commune_key) filter (where k.weight = 1),
    false
from late as n
left join (
    kin as k inner join dw.dim_commune as c on c.commune_key = k.kin_key
) on
    k.commune_key = n.commune_key and n.unit_key = c.province_key
    and n.counted_on >= c.valid_from and n.counted_on < c.valid_to
left join district_figure as d using (
    map_unit_no, year, period, measure, indicator_key, counted_on, district_key
)
group by
    n.map_unit_no, n.unit_key, n.year, n.period, n.measure, n.indicator_key, n.counted_on,
    n.commune_key, n.numerator, n.denominator
having count(d.district_key) = 0
