-- grain: one row a staged figure of a commune that may stand beside an earlier one (earlier.sql)
create temporary table asked on commit drop as
select
    g.filing_id, g.slot_id, g.row_no, f.year, s.measure, coalesce(s.period, f.period) as period,
    c.commune_key, i.indicator_key, i.jump_pct
from stg.figure as g
inner join raw.filing as f using (filing_id)
inner join stg.slot as s using (slot_id)
inner join dw.dim_indicator as i on i.indicator_code = s.code
inner join dw.dim_commune as c
    on c.commune_code = coalesce(g.subject, f.filer_code)
    and f.units_on >= c.valid_from and f.units_on < c.valid_to
where
    f.state = 'staged' and s.kind = 'indicator' and s.measure in ('baseline', 'actual')
    and not s.repeat and g.state = 'value'
    and (g.subject is not null or f.filer_level = 'commune')
