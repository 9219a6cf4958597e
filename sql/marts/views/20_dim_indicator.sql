-- makes mart.dim_indicator
-- reads dw.dim_indicator, dw.dim_programme, dw.dim_fund, dw.word
-- one row per indicator
-- why readers group figures by programme and project, and see what may be added up
create view mart.dim_indicator as
select
    i.indicator_key, i.indicator_code, i.name_vi as indicator_vi, i.name_en as indicator_en,
    i.definition_vi, i.definition_en, i.programme_code, coalesce(g.name_vi, 'Không riêng chương trình nào') as programme_vi,
    coalesce(g.name_en, 'of no one programme') as programme_en, i.project_code, p.project_vi, p.project_en, i.population,
    i.unit_of_measure, m.word_vi as unit_of_measure_vi, m.word_en as unit_of_measure_en,
    i.kind, i.kind <> 'rate' as is_additive, i.timing, i.direction, i.decimals, i.per,
    i.numerator_code, i.denominator_code, i.by_standard
from dw.dim_indicator as i
left join dw.dim_programme as g using (programme_code)
left join (
    select distinct programme_code, project_code, project_vi, project_en from dw.dim_fund
) as p using (programme_code, project_code)
left join dw.word as m on m.kind = 'unit_of_measure' and m.code = i.unit_of_measure;
