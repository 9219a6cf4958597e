-- makes stg.traced_part
-- reads dw.dim_unit, stg.counted_fact, ref.figure_part
-- one row per unit, figure that one of its own is a numerator of, side of its quotient and own figure
--   that it is made of
-- why a trace begins at what a unit filed. All households are below many rates: begun at these, most of
--   what is found is the denominator of nothing
create view stg.traced_part as
select
    o.level, o.unit_key, o.unit_id, o.unit_code, o.unit_name, o.sort_order, f.year, f.period,
    f.measure, f.indicator_key, f.indicator_code, f.side, f.sign, f.parts, f.part_code, f.part_measure,
    f.part_period, f.value, f.filing_id, f.sheet, f.cell, f.text_as_filed
from dw.dim_unit as o
cross join lateral (
    with own as materialized (
        select year, period, measure, indicator_key, value, filing_id, sheet, cell, text_as_filed
        from stg.counted_fact where level = o.level and unit_key = o.unit_key
    )

    select
        h.year, p.period, p.measure, p.indicator_key, p.indicator_code, p.side, p.sign, p.parts,
        p.part_code, p.part_measure, p.part_period, h.value, h.filing_id, h.sheet, h.cell,
        h.text_as_filed
    from (
        select distinct n.year, q.indicator_key, q.measure, q.period
        from own as n
        inner join ref.figure_part as q
            on q.side = 'numerator' and q.part_key = n.indicator_key
            and q.part_measure = n.measure and q.part_period = n.period
    ) as w
    inner join ref.figure_part as p using (indicator_key, measure, period)
    inner join own as h
        on h.year = w.year and h.indicator_key = p.part_key and h.measure = p.part_measure
        and h.period = p.part_period
    where p.derived_key is null or not exists (
        select from own as d
        where
            d.year = h.year and d.indicator_key = p.derived_key and d.measure = p.of_measure
            and d.period = p.of_period
    )
) as f
where not o.is_rest;
