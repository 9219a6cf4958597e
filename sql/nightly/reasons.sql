-- grain: one row per rule that filings of those asked about break, and its severity, with who filed
-- them; the rules that most filings break first
select
    n.severity, n.rule, coalesce(r.word_vi, n.rule) as rule_vi, coalesce(r.word_en, n.rule) as rule_en,
    count(*)::integer as findings, count(distinct n.filing_id)::integer as filings,
    array_agg(distinct coalesce(u.unit_name, g.original_name)) as units
from ops.finding as n
inner join raw.filing as g using (filing_id)
left join dw.dim_unit as u
    on u.level = g.filer_level and u.unit_code = g.filer_code and not u.is_rest
    and g.units_on >= u.valid_from and g.units_on < u.valid_to
left join dw.word as r on r.kind = 'rule' and r.code = n.rule
where n.filing_id = any(:filings)
group by n.severity, n.rule, r.word_vi, r.word_en
order by n.severity, count(distinct n.filing_id) desc, n.rule
