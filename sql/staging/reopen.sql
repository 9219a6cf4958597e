-- grain: one row per filing that is to be opened again (open_again.sql), with all others of its
-- file: one that a new, changed or withdrawn correction is about; one rejected through no fault of
-- its filer (the rules `ours`); one with a header that the province has accepted since (`headers`:
-- form, table and key of the header, and the column, "" for a group of columns; tabs between); one
-- that is not loaded yet and was read by other forms (`is_outdated`); one of a form that has changed
-- (`changed_forms`, as "form/version"); one that names an agency by another's name (`renamed`); one
-- of a unit, or of nobody known, that may have a spelling of a unit that changed (codes `respelt`);
-- one that was to be opened when its copy was damaged
create temporary table reopened on commit drop as
with before as (
    select
        form, unit_code, year, period, sheet, cell, guard, value, reason, told, corrected_on,
        corrected_by
    from ref.correction
),

changed as (
    (select * from correction_now except select * from before)
    union
    (select * from before except select * from correction_now)
),

files as (
    select f.content_sha256, f.arrival
    from raw.filing as f
    inner join changed as c
        on c.form = f.form and c.unit_code = f.filer_code and c.year = f.year
        and c.period = f.period
    union
    select f.content_sha256, f.arrival
    from raw.filing as f
    inner join ops.finding as n using (filing_id)
    where f.state = 'rejected' and n.rule = any(:ours)
    union
    select f.content_sha256, f.arrival
    from raw.filing as f
    inner join ops.finding as n using (filing_id)
    cross join lateral unnest(string_to_array(n.about ->> 'lacks', ' ') || '{""}') as c (lacks)
    where
        n.about is not null and f.state in ('accepted', 'rejected')
        and concat_ws(e'\t', n.about ->> 'form', n.about ->> 'table', n.about ->> 'key', c.lacks)
        = any(:headers)
    union
    select content_sha256, arrival
    from raw.filing
    where state in ('staged', 'checked') and :is_outdated
    union
    select content_sha256, arrival
    from raw.filing
    where
        state in ('accepted', 'rejected')
        and (
            content_sha256 in (select d.content_sha256 from ops.damaged_copy as d) or
            form || '/' || form_version = any(:changed_forms) or filing_id = any(:renamed)
            or filer_code = any(cast(:respelt as text[]))
            or filer_code is null and cardinality(cast(:respelt as text[])) > 0
        )
)

select f.filing_id
from raw.filing as f
inner join files using (content_sha256, arrival)
