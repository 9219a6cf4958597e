-- grain: one row per filing of those asked about that was rejected, with its first fault
select
    g.original_name as file,
    coalesce(f.word_vi, '?') as form_vi, coalesce(f.word_en, '?') as form_en,
    u.unit_name, case when u.level = 'commune' then u.own_district_name end as district_name, u.own_province_name as province_name,
    g.year, g.period, n.sheet, n.cell, n.message_vi, n.message_en, coalesce(n.faults, 0) as faults
from raw.filing as g
left join dw.dim_unit as u
    on u.level = g.filer_level and u.unit_code = g.filer_code and not u.is_rest
    and g.units_on >= u.valid_from and g.units_on < u.valid_to
left join dw.word as f on f.kind = 'form' and f.code = g.form
left join lateral (
    select
        o.sheet, o.cell, o.message_vi, o.message_en, count(*) over () as faults
    from ops.finding as o
    where o.filing_id = g.filing_id and o.severity = 'fail'
    order by o.finding_no
    limit 1
) as n on true
where g.filing_id = any(:filings) and g.state = 'rejected'
order by u.sort_key nulls last, g.original_name, g.filing_id
limit :most
