-- makes dw.star_period, dw.star_year, dw.star_fund
-- reads star_member, dw.dim_unit
-- one row per figure of a province and year that are put ready again, or of a unit that is no longer
--   on the latest map: it goes
-- why the models after this one put it ready
with stale as (
    select distinct province_id, year from star_member
),

forgotten_year as (
    delete from dw.star_year as a
    where
        (a.province_id, a.year) in (select province_id, year from stale)
        or a.province_id not in (select unit_id from dw.dim_unit where is_on_map)
),

forgotten_fund as (
    delete from dw.star_fund as a
    where
        (a.province_id, a.year) in (select province_id, year from stale)
        or a.province_id not in (select unit_id from dw.dim_unit where is_on_map)
)

delete from dw.star_period as a
where
    (a.province_id, a.year) in (select province_id, year from stale)
    or a.province_id not in (select unit_id from dw.dim_unit where is_on_map)
