-- grain: one row per filing of this batch, of which nothing rests in the star: it was never
-- received
with findings as (
    delete from ops.finding where filing_id = any(:batch)
),

uses as (
    delete from ops.correction_use where filing_id = any(:batch)
)

delete from raw.filing where filing_id = any(:batch)
