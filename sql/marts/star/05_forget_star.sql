-- makes dw.star_period, dw.star_year, dw.star_fund
-- reads star_member, dw.dim_unit, dw.dim_year
-- one row per figure of a province and year that are put ready again, or of a province that is no
--   longer on the latest map: it goes
-- why the models after this one put it ready. Looked up by province and year, whatever else there is
with stale as materialized (
    select distinct province_id, year from star_member
    union
    select u.unit_id, y.year
    from dw.dim_unit as u
    cross join dw.dim_year as y
    where u.level = 'province' and not u.is_on_map
),

forgotten_year as (
    delete from dw.star_year as a using stale as s
    where (a.province_id, a.year) = (s.province_id, s.year)
),

forgotten_fund as (
    delete from dw.star_fund as a using stale as s
    where (a.province_id, a.year) = (s.province_id, s.year)
)

delete from dw.star_period as a using stale as s
where (a.province_id, a.year) = (s.province_id, s.year)
