-- makes mart.change
-- reads stg.version_pair, stg.stated_figure, dw.dim_unit, dw.word
-- one row per figure that a version of a filing gives otherwise than the accepted one before it,
--   leaves out or adds
-- why what changed since a day is asked by changed_on, with both filings and cells
create view mart.change as
select
    ref.local_time(p.received_at)::date as changed_on, p.form, f.word_vi as form_vi, p.version, c.fact, c.level,
    u.unit_id, u.unit_code, u.unit_name, u.own_district_name as district_name,
    u.own_province_name as province_name, c.year, c.year || '-' || c.period as period_key, c.measure, c.indicator_key,
    c.code, c.unit_of_measure, c.change, w.word_vi as change_vi, w.word_en as change_en, c.value_before, c.value_after,
    c.value_after - c.value_before as difference, c.text_before, c.text_after, c.sheet_before,
    c.cell_before, c.sheet_after, c.cell_after, p.file_before, p.file_after,
    p.before_id as filing_before, p.after_id as filing_after
from stg.version_pair as p
cross join lateral (
    select
        f.fact, f.level, f.unit_key, f.year, f.period, f.measure, f.indicator_key, f.code,
        f.unit_of_measure,
        case
            when count(*) filter (where f.filing_id = p.after_id) = 0 then 'left_out'
            when count(*) filter (where f.filing_id = p.before_id) = 0 then 'added'
            else 'changed'
        end as change,
        min(f.value) filter (where f.filing_id = p.before_id) as value_before,
        min(f.value) filter (where f.filing_id = p.after_id) as value_after,
        min(f.text_as_filed) filter (where f.filing_id = p.before_id) as text_before,
        min(f.text_as_filed) filter (where f.filing_id = p.after_id) as text_after,
        min(f.sheet) filter (where f.filing_id = p.before_id) as sheet_before,
        min(f.cell) filter (where f.filing_id = p.before_id) as cell_before,
        min(f.sheet) filter (where f.filing_id = p.after_id) as sheet_after,
        min(f.cell) filter (where f.filing_id = p.after_id) as cell_after
    from stg.stated_figure as f
    where f.filing_id in (p.before_id, p.after_id)
    group by
        f.fact, f.level, f.unit_key, f.year, f.period, f.measure, f.indicator_key, f.code, f.part,
        f.unit_of_measure
    having
        min(f.value) filter (where f.filing_id = p.before_id)
        is distinct from min(f.value) filter (where f.filing_id = p.after_id)
) as c
inner join dw.dim_unit as u on u.level = c.level and u.unit_key = c.unit_key and not u.is_rest
left join dw.word as f on f.kind = 'form' and f.code = p.form
left join dw.word as w on w.kind = 'change' and w.code = c.change;
