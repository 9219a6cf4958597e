-- makes mart.dim_fund
-- reads dw.dim_fund, dw.dim_programme, dw.word
-- one row per line of money: project, source and nature
-- why facts of funds lead by fund_key to programme, project and source
create view mart.dim_fund as
select
    f.fund_key, f.programme_code, g.name_vi as programme_vi, g.name_en as programme_en,
    f.is_whole_programme, f.project, f.sub_project, f.project_code,
    coalesce(f.project_vi, 'Chưa chia theo dự án') as project_vi,
    coalesce(f.project_en, 'not split over projects') as project_en,
    f.source, f.source_vi, f.source_en, f.nature,
    coalesce(n.word_vi, 'chưa chia loại vốn') as nature_vi,
    coalesce(n.word_en, 'not split into natures') as nature_en
from dw.dim_fund as f
inner join dw.dim_programme as g using (programme_code)
left join dw.word as n on n.kind = 'nature' and n.code = f.nature;
