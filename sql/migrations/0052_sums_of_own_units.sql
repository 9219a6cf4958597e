-- What follows is worked out again by the next night: sums of what communes were assigned or registered
-- (of indicators that one of the unit's own communes stated), figures that a district or province filed
-- for itself (they are in their province on every map), and districts whose communes lie in several
-- provinces by now.
insert into stg.touched (commune_key, district_key, province_key, year)
with parted as (
    select u.map_unit_no
    from ref.map_unit as u
    inner join ref.map_share as m using (map_unit_no)
    inner join dw.dim_commune as c using (commune_key)
    inner join ref.map_unit as p
        on (p.unit_map, p.level, p.unit_key) = (u.unit_map, 'province', c.province_key)
    where
        u.level = 'district'
        and u.unit_map = (select unit_map from ref.map_date order by map_on desc limit 1)
    group by u.map_unit_no
    having count(distinct c.province_key) > 1
),

of_parted as (
    select commune_key from ref.map_share where map_unit_no in (select map_unit_no from parted)
)

select commune_key, district_key, province_key, year from dw.fact_target
union
select commune_key, district_key, province_key, year
from dw.fact_indicator
where commune_key is null or commune_key in (select commune_key from of_parted)
union
select commune_key, district_key, province_key, year
from dw.fact_fund
where commune_key in (select commune_key from of_parted)
on conflict do nothing;
