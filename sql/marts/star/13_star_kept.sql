-- makes star_kept
-- reads star_member, stale_unit, star_shown, star_fund_shown, ref.map_date, dw.dim_unit
-- one row per commune of star_member, and year, whose rows stay as they are
-- why none of its figures is computed again, nor any of its district, which say what it should have
--   filed, and its province shows the year by the same periods as before. Districts, provinces and
--   rests are put ready again with any of their communes
create temporary table star_kept on commit drop as
with stale as materialized (
    select u.unit_id, u.district_id, s.year
    from stale_unit as s
    inner join dw.dim_unit as u on u.level = s.level and u.unit_key = s.unit_key and not u.is_rest
    where
        s.level <> 'province'
        and s.unit_map = (select unit_map from ref.map_date order by map_on desc limit 1)
),

shown_anew as (
    select province_id, year from star_shown where not is_as_before
    union
    select province_id, year from star_fund_shown where not is_as_before
)

select m.unit_id, m.year
from star_member as m
left join (select distinct unit_id, year from stale) as s using (unit_id, year)
left join (
    select distinct district_id, year from stale
) as d on (d.district_id, d.year) = (m.district_id, m.year)
left join shown_anew as a on (a.province_id, a.year) = (m.province_id, m.year)
where
    m.level = 'commune' and s.unit_id is null and d.district_id is null and a.province_id is null
