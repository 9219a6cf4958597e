-- grain: one row per staged figure of an accepted filing, bound to the unit it is about: the unit
-- of its row where rows are units, else the filer; and to its indicator or fund, which the words of
-- its row may say (a target: see bound_target.sql). Nothing is left out but sums (of what is assigned
-- a document's total is a target too), checks and repeats: what cannot be bound has empty keys.
create temporary table bound_figure on commit drop as
select
    g.filing_id, s.kind,
    case s.code when 'in_row' then w.project_code else coalesce(s.code, g.code) end as code,
    s.programme_code,
    case s.source when 'in_row' then w.source else s.source end as source,
    s.stage, s.measure, s.basis, s.unit_of_measure, s.table_name,
    b.year + coalesce(s.year_offset, 0) as year,
    b.last_year + coalesce(s.year_offset, 0) as last_year,
    coalesce(s.year_offset, 0) as year_offset,
    b.province_key, coalesce(s.indicator_key, i.indicator_key) as indicator_key,
    coalesce(s.fund_key, f.fund_key) as fund_key,
    g.row_no, g.sheet, g.cell, g.subject, g.state, g.value, g.code as text_code, g.text,
    g.unit_as_filed,
    s.period,
    case
        when g.subject is null then b.filer_level
        when d.district_key is not null then 'district'
        else 'commune'
    end as level,
    case when g.subject is null then b.commune_key else r.commune_key end as commune_key,
    coalesce(r.district_key, d.district_key, b.district_key) as district_key,
    g.subject is null or num_nonnulls(r.commune_key, d.district_key) > 0 as is_placed
from bound_filing as b
inner join stg.figure as g using (filing_id)
left join bound_slot as s on s.slot_id = g.slot_id and s.filed_period = b.period
left join dw.dim_commune as r
    on r.commune_code = g.subject
    and b.units_on >= r.valid_from and b.units_on < r.valid_to
-- a code's length says the level: a district's is never a commune's
left join dw.dim_district as d
    on d.district_code = g.subject
    and b.units_on >= d.valid_from and b.units_on < d.valid_to
left join dw.dim_indicator as i on s.is_named_in_row and i.indicator_code = g.code
left join fund_row as w
    on s.is_fund_in_row and (w.filing_id, w.sheet, w.row_no) = (g.filing_id, g.sheet, g.row_no)
left join dw.dim_fund as f
    on s.is_fund_in_row and f.programme_code = s.programme_code
    and f.source = case s.source when 'in_row' then w.source else s.source end
    -- equal, not "not distinct": only so are all four hashed
    and coalesce(f.nature, '') = coalesce(case s.nature when 'in_row' then w.nature else s.nature end, '')
    and coalesce(f.project_code, 'whole_programme')
    = coalesce(case s.code when 'in_row' then w.project_code else s.code end, 'whole_programme')
-- what is no fact goes before it is joined to anything
where g.slot_id not in (select slot_id from bound_slot where not is_fact)
