-- grain: one row per staged figure of a commune, or of a district or province as a whole, that may
-- stand beside an earlier one (earlier.sql): of units that something is known of. A difference of two
-- levels is no count since January
create temporary table asked on commit drop as
select
    g.filing_id, g.slot_id, g.row_no,
    (f.year + s.year_offset)::smallint as year, s.year_offset <> 0 as is_of_other_year, s.measure,
    ref.figure_period(s.period, s.figures, f.period) as period,
    u.level, u.unit_key, i.indicator_key, i.jump_pct, i.by_standard,
    i.kind = 'count' and i.timing = 'flow' and s.figures = 'since_start'
    and i.indicator_code not in (select indicator_code from ref.derivation) as is_since_january
from raw.filing as f
inner join stg.figure as g using (filing_id)
inner join known_unit as u
    on u.unit_code = coalesce(g.subject, f.filer_code)
    and u.level = case when g.subject is null then f.filer_level else 'commune' end
    and f.units_on >= u.valid_from and f.units_on < u.valid_to
inner join stg.slot as s using (slot_id)
-- the row of a figure names its indicator where its slot does not
inner join dw.dim_indicator as i on i.indicator_code = coalesce(s.code, g.code)
where
    f.state = 'staged' and s.kind = 'indicator' and s.measure in ('baseline', 'actual')
    and not s.repeat and g.state = 'value'
