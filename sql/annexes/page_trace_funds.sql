-- grain: one row per amount of money of the unit and cell that it is added up of
select
    t.year_from, t.year as year_to, split_part(t.period_key, '-', 2) as period, t.stage,
    t.project_code, t.source, t.nature, t.from_id as from_unit, t.from_name, o.district_name, t.amount_million_vnd, t.cell,
    t.text_as_filed, t.sheet, t.file, t.correction_reason
from mart.trace_fund as t
inner join mart.dim_unit as o on o.unit_id = t.from_id
where
    t.unit_map = :unit_map and t.unit_id = ref.unit_id(:level, :unit_key) and t.programme_code = :programme
    and :year between t.year_from and t.year
order by t.from_level desc, t.from_order, t.from_id, t.cell
