-- makes mart.finding
-- reads ops.finding, raw.filing, dw.dim_unit, dw.word
-- one row per finding of a filing, with who filed it and whether it still stands
-- why readers see which rules fail where. What was seen in a file that was refused for the persons
--   in it is not shown
create view mart.finding as
select
    n.filing_id, n.finding_no, n.rule, r.word_vi as rule_vi, r.word_en as rule_en, n.severity, s.word_vi as severity_vi,
    s.word_en as severity_en, g.original_name as file, n.sheet, n.cell,
    case when n.rule <> 'personal-data' then n.seen end as seen, n.expected, n.message_vi,
    n.message_en, n.fix_vi, n.fix_en, g.form, f.word_vi as form_vi, g.filer_level as level,
    u.unit_id, g.filer_code as unit_code, u.unit_name,
    u.own_district_name as district_name, u.own_province_name as province_name, g.year, g.year || '-' || g.period as period_key,
    ref.local_time(g.received_at)::date as received_on, g.version, g.state as filing_state,
    l.state, w.word_vi as state_vi, w.word_en as state_en,
    l.state = 'current' as is_current
from ops.finding as n
inner join raw.filing as g using (filing_id)
left join dw.dim_unit as u
    on u.level = g.filer_level and u.unit_code = g.filer_code and not u.is_rest
    and g.units_on >= u.valid_from and g.units_on < u.valid_to
left join dw.word as r on r.kind = 'rule' and r.code = n.rule
left join dw.word as s on s.kind = 'severity' and s.code = n.severity
left join dw.word as f on f.kind = 'form' and f.code = g.form
cross join lateral (
    select
        case
            when count(*) = 0 then 'current'
            when bool_or(o.state = 'accepted') then 'mended'
            else 'filed_again'
        end as state
    from raw.filing as o
    where
        o.form = g.form and o.filer_code = g.filer_code and o.year = g.year and o.period = g.period
        and (o.received_at, o.filing_id) > (g.received_at, g.filing_id)
) as l
left join dw.word as w on w.kind = 'finding_state' and w.code = l.state;
