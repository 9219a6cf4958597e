-- grain: one row per filing of which nothing is loaded after all, out of the night's own tables
with words as (
    delete from bound_words where filing_id = any(:filings)
),

targets as (
    delete from bound_target where filing_id = any(:filings)
),

figures as (
    delete from bound_figure where filing_id = any(:filings)
)

delete from bound_filing where filing_id = any(:filings)
