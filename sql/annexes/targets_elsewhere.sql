-- grain: one row per unit of the code, or that came to be the unit, whose own targets of the year stand
-- on another map: the newest such
select distinct on (a.unit_code, a.unit_name) a.unit_code, a.unit_name, a.unit_map
from mart.attainment as a
where
    a.level = :level and a.unit_map <> :unit_map and a.programme_code = :programme
    and a.basis !~ '_(sum|total)$' and :year between a.year_from and a.year_to
    and (
        a.unit_code = :unit
        or exists (
            select from mart.unit_link as l
            where
                (l.old_level, l.old_code, l.old_name) = (a.level, a.unit_code, a.unit_name)
                and l.new_level = :level and l.new_code = :unit
        )
    )
order by a.unit_code, a.unit_name, a.unit_map = 'as_filed', a.unit_map desc
