-- grain: one row a staged figure of an accepted filing, bound to the unit it is about: the unit
-- of its row where rows are units, else the filer
create temporary table bound_figure on commit drop as
select
    g.filing_id,
    s.kind,
    s.code,
    s.source,
    s.stage,
    s.measure,
    s.basis,
    s.unit,
    s.column_name,
    b.year,
    b.last_year,
    b.province_key,
    g.row_no,
    g.sheet,
    g.cell,
    g.state,
    g.value,
    g.code as text_code,
    g.text,
    coalesce(s.period, b.period) as period,
    case
        when g.subject is null then b.filer_level
        when d.district_key is not null then 'district'
        else 'commune'
    end as level,
    coalesce(r.commune_key, b.commune_key) as commune_key,
    coalesce(r.district_key, d.district_key, b.district_key) as district_key
from bound_filing as b
inner join stg.figure as g using (filing_id)
inner join stg.slot as s on s.slot_id = g.slot_id
left join dw.dim_commune as r
    on r.commune_code = g.subject
    and b.units_on >= r.valid_from and b.units_on < r.valid_to
-- a code's length says the level: a district's is never a commune's
left join dw.dim_district as d
    on d.district_code = g.subject
    and b.units_on >= d.valid_from and b.units_on < d.valid_to
where
    (s.kind in ('indicator', 'fund', 'target', 'attribute') or s.kind ~ '^target_')
    and not s.repeat
