-- grain: one row: a unit and an indicator by their keys, in words; keys may be null
select
    concat_ws(', ', u.unit_label, i.name_vi) as name_vi,
    concat_ws(', ', u.unit_label, i.name_en) as name_en
from (values (1)) as one (row)
left join dw.dim_unit as u
    on u.level = :level and u.unit_key = cast(:unit_key as integer) and not u.is_rest
left join dw.dim_indicator as i on i.indicator_key = cast(:indicator_key as smallint)
