-- grain: one row per unit of the batch, by its newest name
select distinct on (level, unit_code) level, unit_code, unit_name
from dw.dim_unit
where unit_code = any(:units) and not is_rest
order by level, unit_code, valid_from desc
