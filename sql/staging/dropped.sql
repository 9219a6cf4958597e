-- grain: one row per filing of a file that has a filing of the form, or figures of the indicator, of a
-- code that is let go (open_again.sql)
create temporary table reopened on commit drop as
with facts as (
    select filing_id, indicator_key from dw.fact_indicator
    union all
    select filing_id, indicator_key from dw.fact_target
),

files as (
    select content_sha256, arrival from raw.filing
    where form = :code and state in ('accepted', 'rejected')
    union
    select f.content_sha256, f.arrival
    from raw.filing as f
    inner join facts using (filing_id)
    inner join dw.dim_indicator as i using (indicator_key)
    where i.indicator_code = :code
)

select f.filing_id
from raw.filing as f
inner join files using (content_sha256, arrival)
