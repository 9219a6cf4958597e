-- grain: one row per commune, district or province that staged filings name or are filed by, and year
-- that their figures may be of, or may stand beside
create temporary table asked_unit on commit drop as
with filed as (
    select filing_id, filer_level as level, filer_code as code
    from raw.filing
    where state = 'staged'
    union
    select g.filing_id, 'commune', g.subject
    from stg.figure as g
    inner join raw.filing as f using (filing_id)
    where f.state = 'staged' and g.subject is not null
),

compared as (
    select distinct form, form_version, year_offset
    from stg.slot
    where kind = 'indicator' and measure in ('baseline', 'actual') and not repeat
)

select distinct u.level, u.unit_key, y.year::smallint as year
from filed as k
inner join raw.filing as f using (filing_id)
inner join compared as c using (form, form_version)
inner join dw.dim_unit as u
    on u.level = k.level and u.unit_code = k.code and not u.is_rest
    and f.units_on >= u.valid_from and f.units_on < u.valid_to
cross join lateral (
    values (f.year + c.year_offset), (f.year + c.year_offset - 1)
) as y (year)
