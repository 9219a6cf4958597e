-- makes star_invented
-- reads star_member, stg.noted_fact, ref.map_share, ref.map_unit, raw.filing
-- one row per unit of star_member, and rest of it, measure (or stage of money), period and code that
--   rests on a filing which calls its figures invented
-- why as mart.illustrative_figure says. Once for communes of the same units (first_key); not where none is
create temporary table star_invented on commit drop as
with inside as (  -- a province on the map has districts of several earlier ones
    select w.commune_key, m.year,
        array_agg(distinct m.unit_id) filter (where m.level = 'commune') as communes,
        array_agg(distinct m.unit_id) filter (where m.level = 'district') as districts,
        array_agg(distinct m.province_id) filter (where m.level <> 'commune') as provinces
    from star_member as m
    inner join ref.map_unit as u using (unit_map, level, unit_key) inner join ref.map_share as w using (map_unit_no)
    group by w.commune_key, m.year
),

called as materialized (  -- all of a figure's filings call it so; found commune by commune (offset 0)
    select m.first_key, m.commune_key, m.year, n.period, n.measure, n.code
    from (
        select commune_key, year, min(commune_key) over (partition by districts, provinces, year) as first_key from inside
    ) as m cross join lateral (
        select f.period, f.measure, f.code, f.is_invented from stg.noted_fact as f
        where f.commune_key = m.commune_key and f.year = m.year offset 0
    ) as n
    where exists (select from raw.filing as f where f.illustrative_note <> '' and f.state = 'accepted')
    group by m.first_key, m.commune_key, m.year, n.period, n.measure, n.code having bool_and(n.is_invented)
),

called_above as materialized (
    select level, unit_key, province_key, year, period, measure, code
    from stg.noted_fact where commune_key is null and year in (select year from star_member)
    group by level, unit_key, province_key, year, period, measure, code having bool_and(is_invented)
),

whole as (
    select year, 'commune' as level, unnest(communes) as unit_id, period, code, measure
    from inside inner join called using (commune_key, year)
    union all
    select year, u.level, u.unit_id, period, code, measure
    from (select first_key as commune_key, year, period, code, measure from called group by 1, 2, 3, 4, 5) as c
    inner join inside as i using (commune_key, year) cross join lateral (
        select 'district' as level, unnest(districts) as unit_id union all select 'province', unnest(provinces)
    ) as u where measure <> 'own_plan'
    union all
    select year, u.level, u.unit_id, period, code, measure
    from star_member as m inner join called_above as c using (level, unit_key, year) cross join lateral (
        select m.level, m.unit_id union all select 'province', m.province_id where m.level = 'district'
    ) as u
    union all
    select m.year, m.level, unit_id, period, code, measure
    from star_member as m inner join called_above as c on c.province_key = m.unit_key and c.year = m.year
    where m.level = 'province' and c.level = 'district' and measure not in ('province', 'own_plan', 'registered')
)

select distinct i.year, b.unit_id, i.period, i.code,
    case when i.measure in ('province', 'district') then 'assigned' else i.measure end as measure
from whole as i cross join lateral (
    select i.unit_id union all select ref.rest_id('commune', i.unit_id) where i.level <> 'commune'
    union all select ref.rest_id('district', i.unit_id) where i.level = 'province'
) as b
