-- grain: one row per staged figure of a commune, or of a district or province as a whole, that may
-- stand beside an earlier one (earlier.sql). A difference of two levels is no count since January
create temporary table asked on commit drop as
select
    g.filing_id, g.slot_id, g.row_no,
    (f.year + s.year_offset)::smallint as year, s.year_offset <> 0 as is_of_other_year, s.measure,
    ref.figure_period(s.period, s.figures, f.period) as period,
    'commune' as level, c.commune_key as unit_key, i.indicator_key, i.jump_pct, i.by_standard,
    i.kind = 'count' and i.timing = 'flow' and s.figures = 'since_start'
    and i.indicator_code not in (select indicator_code from ref.derivation) as is_since_january
from stg.figure as g
inner join raw.filing as f using (filing_id)
inner join stg.slot as s using (slot_id)
-- the row of a figure names its indicator where its slot does not
inner join dw.dim_indicator as i on i.indicator_code = coalesce(s.code, g.code)
inner join dw.dim_commune as c
    on c.commune_code = coalesce(g.subject, f.filer_code)
    and f.units_on >= c.valid_from and f.units_on < c.valid_to
where
    f.state = 'staged' and s.kind = 'indicator' and s.measure in ('baseline', 'actual')
    and not s.repeat and g.state = 'value'
    and (g.subject is not null or f.filer_level = 'commune')
union all
select
    g.filing_id, g.slot_id, g.row_no,
    (f.year + s.year_offset)::smallint, s.year_offset <> 0, s.measure,
    ref.figure_period(s.period, s.figures, f.period),
    f.filer_level, coalesce(d.district_key, p.province_key), i.indicator_key, i.jump_pct,
    i.by_standard, i.kind = 'count' and i.timing = 'flow' and s.figures = 'since_start'
    and i.indicator_code not in (select indicator_code from ref.derivation)
from raw.filing as f
inner join stg.figure as g using (filing_id)
inner join stg.slot as s using (slot_id)
inner join dw.dim_indicator as i on i.indicator_code = coalesce(s.code, g.code)
left join dw.dim_district as d
    on f.filer_level = 'district' and d.district_code = f.filer_code
    and f.units_on >= d.valid_from and f.units_on < d.valid_to
left join dw.dim_province as p
    on f.filer_level = 'province' and p.province_code = f.filer_code
    and f.units_on >= p.valid_from and f.units_on < p.valid_to
where
    f.state = 'staged' and f.filer_level <> 'commune' and s.kind = 'indicator'
    and s.measure in ('baseline', 'actual') and not s.repeat and g.state = 'value'
    and g.subject is null
