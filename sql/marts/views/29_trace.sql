-- makes mart.trace
-- reads stg.trace_side, dw.word
-- one row per figure of a unit on a map and unit whose filings it rests on: its part of both sums,
--   with files, sheets, cells and texts in the order numerator / denominator
-- why the quotient of a unit is the sum of these numerators over that of these denominators. A unit
--   that has only one side of a rate counts in neither. What all cells share is told once; the sheet
--   stands before each cell where they lie in several
create view mart.trace as
select
    c.unit_map, c.level, c.unit_id, c.unit_code, c.unit_name, c.unit_label, c.district_name,
    c.province_id, c.province_code, c.province_name, c.year,
    c.year || '-' || c.period as period_key, c.measure, w.word_vi as measure_vi,
    w.word_en as measure_en, c.indicator_key, c.indicator_code, c.indicator_vi, c.per, c.from_id,
    c.from_level, c.from_code, c.from_name,
    sum(c.part) filter (where c.side = 'numerator') as numerator,
    sum(c.part) filter (where c.side = 'denominator') as denominator,
    case
        when min(c.first_file) = max(c.last_file) then min(c.first_file)
        else string_agg(
            case when c.first_file = c.last_file then c.first_file else format(c.frame, c.files) end,
            ' / ' order by c.side desc
        )
    end as file,
    case
        when min(c.first_sheet) = max(c.last_sheet) then min(c.first_sheet)
        else string_agg(
            case when c.first_sheet = c.last_sheet then c.first_sheet else format(c.frame, c.sheets) end,
            ' / ' order by c.side desc
        )
    end as sheet,
    case
        when min(c.first_sheet) = max(c.last_sheet)
            then string_agg(format(c.frame, c.cells), ' / ' order by c.side desc)
        else string_agg(format(c.frame, c.sheet_cells), ' / ' order by c.side desc)
    end as cells,
    string_agg(format(c.frame, c.texts_as_filed), ' / ' order by c.side desc) as texts_as_filed,
    (
        select string_agg(distinct r.reason, ', ')
        from unnest(
            max(c.reasons) filter (where c.side = 'numerator')
            || max(c.reasons) filter (where c.side = 'denominator')
        ) as r (reason)
    ) as correction_reason, c.from_order
from stg.trace_side as c
left join dw.word as w on w.kind = 'measure' and w.code = c.measure
group by
    c.unit_map, c.level, c.unit_id, c.unit_code, c.unit_name, c.unit_label, c.district_name,
    c.province_id, c.province_code, c.province_name, c.year, c.period, c.measure, w.word_vi, w.word_en,
    c.indicator_key, c.indicator_code, c.indicator_vi, c.per, c.is_quotient, c.from_id,
    c.from_level, c.from_code, c.from_name, c.from_order
having
    bool_or(c.is_whole) filter (where c.side = 'numerator')
    and (not c.is_quotient or bool_or(c.is_whole) filter (where c.side = 'denominator'));
