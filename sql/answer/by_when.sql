-- grain: one row per filing of the batch whose form, unit and period have a due day
select f.filing_id, d.due_on
from raw.filing as f
inner join ops.due_date as d
    on (d.form, d.level, d.unit_code, d.year, d.period)
    = (f.form, f.filer_level, f.filer_code, f.year, f.period)
where f.filing_id = any(:batch) and d.due_on is not null
