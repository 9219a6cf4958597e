-- grain: one row a filing of a file that a new, changed or withdrawn correction is about: it is
-- opened again, as if received anew. What it loaded stays until it is loaded again.
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

reopened as (
    select p.filing_id
    from raw.filing as p
    where p.content_sha256 in (
        select f.content_sha256
        from raw.filing as f
        inner join changed as c
            on c.form = f.form and c.unit_code = f.filer_code and c.year = f.year
            and c.period = f.period
    )
),

figures as (
    delete from stg.figure where filing_id in (select filing_id from reopened)
),

findings as (
    delete from ops.finding where filing_id in (select filing_id from reopened)
),

uses as (
    delete from ops.correction_use where filing_id in (select filing_id from reopened)
)

update raw.filing
set state = 'received', warnings = 0
where filing_id in (select filing_id from reopened)
