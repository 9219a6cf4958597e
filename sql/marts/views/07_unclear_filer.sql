-- makes stg.unclear_filer
-- reads raw.filing, ops.finding, dw.dim_unit
-- one row per rejected filing of no known filer and unit that it may be of: those that its titles name
-- why a filing that names two units is told to both, and not only by its file's name
create view stg.unclear_filer as
select distinct on (f.filing_id, u.unit_code)
    f.filing_id, f.original_name, f.received_at,
    extract(year from ref.local_time(f.received_at))::smallint as received_year,
    u.level, u.unit_code, u.unit_name, u.sort_key
from raw.filing as f
inner join ops.finding as n using (filing_id)
inner join dw.dim_unit as u
    on u.unit_code = any(string_to_array(n.about ->> 'named', ' ')) and not u.is_rest
where f.filer_code is null and f.state = 'rejected'
order by f.filing_id, u.unit_code, u.valid_from desc;
