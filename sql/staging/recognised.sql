-- grain: one row per filing that normalise recognised
update raw.filing as f
set
    form = r.form,
    form_version = r.form_version,
    filer_level = r.filer_level,
    filer_code = r.filer_code,
    year = r.year,
    last_year = r.last_year,
    period = r.period,
    units_on = r.units_on,
    illustrative_note = r.illustrative_note
from recognised as r
where r.filing_id = f.filing_id
