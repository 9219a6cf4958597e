-- makes stg.counted_fact
-- reads dw.fact_indicator, dw.fact_target, raw.current_filing
-- one row per figure of a unit that it filed, or that was stated for it: the fact that counts
-- why of several the first by ref.fact_rank, then the last received, stands. A unit is found by index
create view stg.counted_fact as
select
    f.level, f.commune_key as unit_key, f.year, f.period, f.measure, f.indicator_key, f.value, f.filing_id,
    f.sheet, f.cell, f.text_as_filed
from dw.fact_indicator as f
inner join raw.current_filing as g using (filing_id)
where
    f.state = 'value' and f.commune_key is not null and not exists (
        select from dw.fact_indicator as o
        inner join raw.current_filing as h using (filing_id)
        where
            o.state = 'value' and o.commune_key = f.commune_key
            and (o.year, o.period, o.measure, o.indicator_key)
            = (f.year, f.period, f.measure, f.indicator_key)
            and (-ref.fact_rank(o.measure, o.year_offset), h.received_at, h.filing_id, o.sheet, o.cell)
            > (-ref.fact_rank(f.measure, f.year_offset), g.received_at, g.filing_id, f.sheet, f.cell)
    )
union all
select
    f.level, coalesce(f.commune_key, f.district_key, f.province_key) as unit_key, f.year, f.period, f.measure, f.indicator_key, f.value, f.filing_id,
    f.sheet, f.cell, f.text_as_filed
from dw.fact_indicator as f
inner join raw.current_filing as g using (filing_id)
where
    f.state = 'value' and f.commune_key is null and not exists (
        select from dw.fact_indicator as o
        inner join raw.current_filing as h using (filing_id)
        where
            o.state = 'value' and o.commune_key is null and o.level = f.level
            and coalesce(o.commune_key, o.district_key, o.province_key)
            = coalesce(f.commune_key, f.district_key, f.province_key)
            and (o.year, o.period, o.measure, o.indicator_key)
            = (f.year, f.period, f.measure, f.indicator_key)
            and (-ref.fact_rank(o.measure, o.year_offset), h.received_at, h.filing_id, o.sheet, o.cell)
            > (-ref.fact_rank(f.measure, f.year_offset), g.received_at, g.filing_id, f.sheet, f.cell)
    )
union all
select
    f.level, f.commune_key, f.year, f.period, f.basis, f.indicator_key, f.target_value, f.filing_id,
    f.sheet, f.cell, f.text_as_filed
from dw.fact_target as f
inner join raw.current_filing as g using (filing_id)
where
    f.state = 'value' and f.commune_key is not null
    and (f.basis = 'registered' or (f.basis = 'assigned' and g.filer_level <> f.level))
    and not exists (
        select from dw.fact_target as o
        inner join raw.current_filing as h using (filing_id)
        where
            o.state = 'value' and o.commune_key = f.commune_key
            and (o.basis = 'registered' or h.filer_level <> o.level)
            and (o.year, o.period, o.basis, o.indicator_key)
            = (f.year, f.period, f.basis, f.indicator_key)
            and (h.received_at, h.filing_id, o.sheet, o.cell)
            > (g.received_at, g.filing_id, f.sheet, f.cell)
    );
