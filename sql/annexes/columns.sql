-- grain: one row per place and indicator that the tables of a programme list, in their order
select
    s.place, s.position, s.indicator_code || ' ' || s.measure as item, s.measure, s.header_vi,
    s.header_en, s.group_vi, s.group_en, i.indicator_code, i.name_vi, i.name_en, i.unit_of_measure,
    i.decimals, i.kind, i.by_standard, i.numerator_code, i.denominator_code,
    n.name_vi as numerator_vi, n.name_en as numerator_en, d.name_vi as denominator_vi,
    d.name_en as denominator_en
from dw.shown_indicator as s
inner join dw.dim_indicator as i using (indicator_code)
left join dw.dim_indicator as n on n.indicator_code = i.numerator_code
left join dw.dim_indicator as d on d.indicator_code = i.denominator_code
where s.programme_code = :programme
order by s.place, s.position
