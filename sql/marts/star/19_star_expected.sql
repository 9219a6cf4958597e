-- makes star_expected
-- reads star_figure, star_member, star_kept
-- one row per unit, period and indicator that its province has a figure of, and below a district
--   that the district has one of
-- why who has not filed has a row too: a filter never drops a district or a commune. Those that are
--   kept have theirs
create temporary table star_expected on commit drop as
with asked as (
    select distinct province_id, year, period, indicator_key, kind
    from star_figure
    where measure = 'actual' or period = 'OPEN'
),

asked_within as (
    select distinct district_id, year, period, indicator_key, kind
    from star_figure
    where district_id is not null and (measure = 'actual' or period = 'OPEN')
)

select m.level, m.unit_id, m.district_id, m.province_id, a.year, a.period, a.indicator_key, a.kind
from asked as a
inner join star_member as m using (province_id, year)
where m.level <> 'commune'
union all
select m.level, m.unit_id, m.district_id, m.province_id, a.year, a.period, a.indicator_key, a.kind
from asked_within as a
inner join star_member as m using (district_id, year)
where m.level = 'commune' and (m.unit_id, m.year) not in (select unit_id, year from star_kept)
