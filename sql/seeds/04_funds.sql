-- Project lines and sources, and which indicators each programme's tables show; keys never change.
-- every programme has a line of its own for amounts that are of the whole of it
with line as (
    select programme_code, project, sub_project, project_code, name_vi, name_en, false as is_whole
    from seed_project
    union all
    select programme_code, null, null, null, 'Toàn chương trình', 'Whole programme', true
    from seed_programme
)

insert into dw.dim_fund (
    fund_key, programme_code, project, sub_project, project_code, source, project_vi, project_en,
    source_vi, source_en, is_whole_programme, nature
)
select
    (select coalesce(max(fund_key), 0) from dw.dim_fund)
    + row_number() over (order by n.nature nulls first, p.programme_code, p.project_code, s.source),
    p.programme_code, p.project, p.sub_project, p.project_code, s.source,
    p.name_vi, p.name_en, s.name_vi, s.name_en, p.is_whole, n.nature
from line as p
cross join seed_source as s
cross join (values (null), ('capital'), ('recurrent')) as n (nature)
where not exists (
    select from dw.dim_fund as d
    where
        d.programme_code = p.programme_code and d.source = s.source
        and d.project_code is not distinct from p.project_code
        and d.nature is not distinct from n.nature
);

update dw.dim_fund as d
set line_key = l.fund_key
from dw.dim_fund as l
where
    l.nature is null and l.programme_code = d.programme_code and l.source = d.source
    and l.project_code is not distinct from d.project_code and d.line_key is null;

delete from dw.shown_indicator;
insert into dw.shown_indicator
select
    programme_code, place, position::smallint, indicator_code, measure, coalesce(header_vi, ''),
    coalesce(header_en, ''), coalesce(group_vi, ''), coalesce(group_en, '')
from seed_shown_indicator;

analyze dw.dim_fund;
