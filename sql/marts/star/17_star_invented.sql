-- makes star_invented
-- reads star_member, star_inside, star_called, stg.noted_fact
-- one row per unit of star_member, and rest of it, measure (or stage of money), period and code that
--   rests on a filing which calls its figures invented
-- why as mart.illustrative_figure says
create temporary table star_invented on commit drop as
with called_above as materialized (
    select level, unit_key, province_key, year, period, measure, coalesce(code, '') as code
    from stg.noted_fact
    where commune_key is null and year in (select year from star_member)
    group by level, unit_key, province_key, year, period, measure, code
    having bool_and(is_invented)
),

above as (
    select i.year, u.level, u.unit_id, c.period, c.code, c.measure
    from (
        select distinct first_key, year, period, code, measure
        from star_called where measure <> 'own_plan'
    ) as c
    inner join star_inside as i on i.commune_key = c.first_key and i.year = c.year
    cross join lateral (
        select 'district' as level, unnest(i.districts) as unit_id
        union all
        select 'province', unnest(i.provinces)
    ) as u
    union all
    select year, u.level, u.unit_id, c.period, c.code, c.measure
    from star_member as m
    inner join called_above as c using (level, unit_key, year)
    cross join lateral (
        select m.level, m.unit_id
        union all
        select 'province', m.province_id where m.level = 'district'
    ) as u
    union all
    select m.year, m.level, m.unit_id, c.period, c.code, c.measure
    from star_member as m
    inner join called_above as c on c.province_key = m.unit_key and c.year = m.year
    where
        m.level = 'province' and c.level = 'district'
        and c.measure not in ('province', 'own_plan', 'registered')
)

select distinct i.year, i.unit_id, i.period, i.code, w.measure
from (
    select c.year, unnest(i.communes) as unit_id, c.period, c.code, c.measure
    from star_called as c inner join star_inside as i using (commune_key, year) where i.communes is not null
    union all
    select a.year, b.unit_id, a.period, a.code, a.measure
    from above as a
    cross join lateral (values
        (a.unit_id), (ref.rest_id('commune', a.unit_id)),
        (case a.level when 'province' then ref.rest_id('district', a.unit_id) end)
    ) as b (unit_id)
    where b.unit_id is not null
) as i
cross join lateral (
    select case when i.measure in ('province', 'district') then 'assigned' else i.measure end as measure
) as w
