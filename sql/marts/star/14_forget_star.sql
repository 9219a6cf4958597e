-- makes dw.star_period, dw.star_year, dw.star_fund
-- reads star_member, star_kept, dw.dim_unit, dw.dim_year, dw.star_year, dw.star_fund
-- one row per figure of a province and year that are put ready again, but of communes that are kept, or
--   of a province that is no longer on the latest map: it goes
-- why the models after this one put it ready. Looked up by province and year, whatever else there is:
--   of the many provinces that are gone few have rows, so that they are looked for apart
with stale as materialized (
    select distinct province_id, year from star_member
),

gone as materialized (
    select u.unit_id as province_id, y.year
    from dw.dim_unit as u
    cross join dw.dim_year as y
    where
        u.level = 'province' and not u.is_on_map and 0 < (  -- counted: of one row the table would be read
            select count(*) from dw.star_year as a where (a.province_id, a.year) = (u.unit_id, y.year)
        ) + (
            select count(*) from dw.star_fund as a where (a.province_id, a.year) = (u.unit_id, y.year)
        )
),

gone_period as (
    delete from dw.star_period as a using gone as s where (a.province_id, a.year) = (s.province_id, s.year)
),

gone_year as (
    delete from dw.star_year as a using gone as s where (a.province_id, a.year) = (s.province_id, s.year)
),

gone_fund as (
    delete from dw.star_fund as a using gone as s where (a.province_id, a.year) = (s.province_id, s.year)
),

forgotten_year as (
    delete from dw.star_year as a using stale as s
    where
        (a.province_id, a.year) = (s.province_id, s.year)
        and (a.unit_id, a.year) not in (select unit_id, year from star_kept)
),

forgotten_fund as (
    delete from dw.star_fund as a using stale as s
    where
        (a.province_id, a.year) = (s.province_id, s.year)
        and (a.unit_id, a.year) not in (select unit_id, year from star_kept)
)

delete from dw.star_period as a using stale as s
where
    (a.province_id, a.year) = (s.province_id, s.year)
    and (a.unit_id, a.year) not in (select unit_id, year from star_kept)
