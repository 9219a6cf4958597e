-- Which version of a filing counts is worked out again, of all of them: what was read anew as another
-- unit's or period's, before migration 0052, still stood in the place of what it was first taken for a
-- version of. Units of such versions are computed again by the next night.
with ranked as (
    select
        filing_id, row_number() over same_key as version,
        case when state = 'accepted' then nullif(first_value(filing_id) over (
            partition by form, filer_code, year, last_year, period, state
            order by received_at desc, filing_id desc
        ), filing_id) end as superseded_by
    from raw.filing
    where state in ('accepted', 'rejected') and form is not null
    window same_key as (
        partition by form, filer_code, year, last_year, period order by received_at, filing_id
    )
),

mended as (
    update raw.filing as f
    set version = r.version, superseded_by = r.superseded_by
    from ranked as r
    where
        f.filing_id = r.filing_id
        and (f.version, f.superseded_by) is distinct from (r.version::integer, r.superseded_by)
    returning f.form, f.filer_code, f.year, f.last_year, f.period
),

changed as (
    select g.filing_id
    from raw.filing as g
    inner join (select distinct form, filer_code, year, last_year, period from mended) as m
        on (g.form, g.filer_code, g.year, g.period) = (m.form, m.filer_code, m.year, m.period)
        and g.last_year is not distinct from m.last_year
    where g.state = 'accepted'
),

facts as (
    select filing_id, commune_key, district_key, province_key, year from dw.fact_indicator
    union all
    select filing_id, commune_key, district_key, province_key, year from dw.fact_fund
    union all
    select filing_id, commune_key, district_key, province_key, year from dw.fact_target
    union all
    select filing_id, commune_key, district_key, province_key, year from dw.fact_responsibility
    union all
    select filing_id, commune_key, district_key, province_key, year from dw.fact_duty
    union all
    select filing_id, commune_key, district_key, province_key, year from dw.fact_text
)

insert into stg.touched (commune_key, district_key, province_key, year)
select distinct f.commune_key, f.district_key, f.province_key, f.year
from facts as f
inner join changed using (filing_id)
on conflict do nothing;
