-- grain: one row per filing of this batch, of which nothing rests in the star: it was never
-- received, nor an agency that only such filings name
with findings as (
    delete from ops.finding where filing_id = any(:batch)
),

uses as (
    delete from ops.correction_use where filing_id = any(:batch)
),

attachments as (
    update ops.attachment set filing_id = null where filing_id = any(:batch)
),

agencies as (
    delete from dw.dim_agency as d
    where
        not exists (select from dw.fact_responsibility as f where f.agency_key = d.agency_key)
        and not exists (select from dw.fact_duty as f where f.agency_key = d.agency_key)
)

delete from raw.filing where filing_id = any(:batch)
