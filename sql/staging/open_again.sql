-- grain: one row per filing of `reopened`: as if received anew. What it loaded stays until it is
-- loaded again.
with figures as (
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
