-- makes stg.sole_former
-- reads ref.map_unit, stg.map_member
-- one row per commune of a map and earlier commune that became it whole, alone and nothing else
-- why what such a commune set itself as a target is the later one's too; where several became one,
--   what one of them wanted says nothing of all
create view stg.sole_former as
with member as (
    select
        u.map_unit_no, m.commune_key, m.is_itself, m.valid_from,
        bool_and(m.weight is not distinct from 1) over of_unit as is_whole,
        -- one after the other, no two at a time
        sum(d.valid_to - m.valid_from) over of_unit
        = max(d.valid_to) over of_unit - m.unit_from as is_alone,
        max(m.valid_from) filter (where m.is_itself) over of_unit as own_from
    from ref.map_unit as u
    inner join stg.map_member as m using (map_unit_no)
    -- days of what has no end cannot be counted
    cross join lateral (select least(m.valid_to, date '9999-12-31') as valid_to) as d
    where u.level = 'commune'
    window of_unit as (partition by u.map_unit_no)
)

select map_unit_no, commune_key
from member
where is_whole and is_alone and not is_itself and valid_from < own_from;
