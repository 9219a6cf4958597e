-- makes filed_figure
-- reads stg.touched, dw.fact_indicator, dw.fact_target, raw.current_filing, dw.dim_indicator
-- one row per figure of a touched commune: the latest that it filed or its parent filed for it
-- why of several filings that count the last received stands; of a year its own before another
--   year's, of an opening what was counted at the end of the year before (ref.fact_rank). What a
--   superior assigned to the commune, and what it registered, are figures too, so that they add up
create temporary table filed_figure on commit drop as
with touched as (
    select distinct commune_key, year from stg.touched where commune_key is not null
),

reported as (
    select distinct on (f.commune_key, f.year, f.period, f.measure, f.indicator_key)
        f.commune_key, f.year, f.period, f.measure, f.indicator_key, f.value
    from touched as t
    cross join lateral (  -- found commune by commune (offset 0)
        select
            i.commune_key, i.year, i.period, i.measure, i.indicator_key, i.value, i.year_offset,
            i.filing_id
        from dw.fact_indicator as i
        where i.commune_key = t.commune_key and i.year = t.year and i.state = 'value'
        offset 0
    ) as f
    inner join raw.current_filing as g using (filing_id)
    order by
        f.commune_key, f.year, f.period, f.measure, f.indicator_key,
        ref.fact_rank(f.measure, f.year_offset), g.received_at desc, f.filing_id desc
),

aimed as (
    select distinct on (f.commune_key, f.year, f.period, f.basis, f.indicator_key)
        f.commune_key, f.year, f.period, f.basis as measure, f.indicator_key,
        f.target_value as value
    from touched as t
    cross join lateral (
        select
            a.commune_key, a.year, a.period, a.basis, a.indicator_key, a.target_value, a.level,
            a.filing_id
        from dw.fact_target as a
        where a.commune_key = t.commune_key and a.year = t.year and a.state = 'value'
        offset 0
    ) as f
    inner join raw.current_filing as g using (filing_id)
    where (f.basis = 'registered' or g.filer_level <> f.level)
    order by
        f.commune_key, f.year, f.period, f.basis, f.indicator_key,
        g.received_at desc, f.filing_id desc
),

latest_figure as (
    select commune_key, year, period, measure, indicator_key, value from reported
    union all
    select commune_key, year, period, measure, indicator_key, value from aimed
)

select
    'commune' as level, f.commune_key as unit_key, f.year, f.period, f.measure, f.indicator_key,
    f.value, false as is_bridged, i.indicator_code, i.kind
from latest_figure as f
inner join dw.dim_indicator as i using (indicator_key)
