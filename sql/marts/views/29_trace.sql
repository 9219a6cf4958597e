-- makes mart.trace
-- reads mart.trace_cell, dw.dim_indicator, dw.word
-- one row per figure of a unit on a map and unit whose filings it rests on: its part of both sums,
--   with files, sheets, cells and texts in the order numerator / denominator
-- why the quotient of a unit is the sum of these numerators over that of these denominators. A unit
--   that has only one side of a rate counts in neither
create view mart.trace as
select
    c.unit_map, c.level, c.unit_id, c.unit_code, c.unit_name, c.unit_label, c.district_name,
    c.province_id, c.province_code, c.province_name, c.year,
    c.year || '-' || c.period as period_key, c.measure, w.word_vi as measure_vi,
    w.word_en as measure_en, c.indicator_key, c.indicator_code, i.name_vi as indicator_vi, i.per, c.from_id,
    c.from_level, c.from_code, c.from_name,
    sum(c.part) filter (where c.side = 'numerator') as numerator,
    sum(c.part) filter (where c.side = 'denominator') as denominator,
    concat_ws(
        ' / ', string_agg(distinct c.file, ', ') filter (where c.side = 'numerator'),
        nullif(
            string_agg(distinct c.file, ', ') filter (where c.side = 'denominator'),
            string_agg(distinct c.file, ', ') filter (where c.side = 'numerator')
        )
    ) as file,
    concat_ws(
        ' / ', string_agg(distinct c.sheet, ', ') filter (where c.side = 'numerator'),
        nullif(
            string_agg(distinct c.sheet, ', ') filter (where c.side = 'denominator'),
            string_agg(distinct c.sheet, ', ') filter (where c.side = 'numerator')
        )
    ) as sheet,
    concat_ws(
        ' / ',
        string_agg(case c.sign when -1 then '− ' else '' end || c.cell, ' ' order by c.sign desc, c.cell)
        filter (where c.side = 'numerator'),
        string_agg(c.cell, ' ' order by c.cell) filter (where c.side = 'denominator')
    ) as cells,
    concat_ws(
        ' / ',
        string_agg(case c.sign when -1 then '− ' else '' end || c.text_as_filed, ' ' order by c.sign desc, c.cell)
        filter (where c.side = 'numerator'),
        string_agg(c.text_as_filed, ' ' order by c.cell) filter (where c.side = 'denominator')
    ) as texts_as_filed,
    string_agg(distinct c.correction_reason, ', ') as correction_reason, c.from_order
from mart.trace_cell as c
inner join dw.dim_indicator as i using (indicator_key)
left join dw.word as w on w.kind = 'measure' and w.code = c.measure
group by
    c.unit_map, c.level, c.unit_id, c.unit_code, c.unit_name, c.unit_label, c.district_name,
    c.province_id, c.province_code, c.province_name, c.year, c.period, c.measure, w.word_vi, w.word_en,
    c.indicator_key, c.indicator_code, i.name_vi, i.per, i.kind, i.denominator_measure, c.from_id,
    c.from_level, c.from_code, c.from_name, c.from_order
having
    count(*) filter (where c.side = 'numerator')
    = max(c.parts) filter (where c.side = 'numerator')
    and (
        i.kind <> 'rate' or i.denominator_measure = 'register'
        or count(*) filter (where c.side = 'denominator')
        = max(c.parts) filter (where c.side = 'denominator')
    );
