-- makes mart.target_version
-- reads raw.filing, dw.fact_target
-- one row per accepted filing that states targets and was not corrected since, and the days it
--   is in force
-- why a later filing of the same document corrects it; one of another document amends it from
--   the day it came. Null: no such day
create view mart.target_version as
with target_filing as (
    select
        g.filing_id, g.form, g.filer_level, g.filer_code, g.year, g.last_year, g.period,
        g.version, g.superseded_by, g.received_at, d.document,
        ref.local_time(g.received_at)::date as received_on,
        lag(d.document) over chain as earlier_document,
        lead(d.document) over chain as later_document,
        lead(ref.local_time(g.received_at)::date) over chain as replaced_on
    from raw.filing as g
    inner join (
        select filing_id, min(document) as document from dw.fact_target group by filing_id
    ) as d using (filing_id)
    where g.state = 'accepted'
    window chain as (
        partition by g.form, g.filer_level, g.filer_code, g.year, g.last_year, g.period
        order by g.received_at, g.filing_id
    )
),

numbered as (
    select
        filing_id, form, filer_level, filer_code, year, last_year, period, version, superseded_by,
        received_on, document, later_document, replaced_on,
        count(*) filter (where earlier_document is distinct from document) over (
            partition by form, filer_level, filer_code, year, last_year, period
            order by received_at, filing_id
        ) as document_no
    from target_filing
),

dated as (
    select
        filing_id, filer_level, filer_code, version, superseded_by, document, later_document,
        replaced_on, document_no,
        min(received_on) over (
            partition by form, filer_level, filer_code, year, last_year, period, document_no
        ) as document_on
    from numbered
)

select
    filing_id, filer_level, filer_code, version,
    case when document_no > 1 then document_on end as in_force_from,
    replaced_on as in_force_to,
    superseded_by is null as is_current
from dated
where later_document is distinct from document;
