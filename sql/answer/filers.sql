-- grain: one row per filing of the batch: the name of its unit on the day of its figures
select f.filing_id, u.unit_name
from raw.filing as f
inner join dw.dim_unit as u
    on u.level = f.filer_level and u.unit_code = f.filer_code and not u.is_rest
    and f.units_on >= u.valid_from and f.units_on < u.valid_to
where f.filing_id = any(:batch)
