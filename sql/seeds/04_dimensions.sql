-- Upserts the other dimensions from the seed_* tables that etl.setup.migrate copied; keys never change.
insert into dw.dim_year
select year::smallint, plan_period, poverty_standard, coalesce(standard_note, '')
from seed_year
on conflict (year) do update set
    plan_period = excluded.plan_period,
    poverty_standard = excluded.poverty_standard,
    standard_note = excluded.standard_note;

insert into dw.dim_fund
select
    (select coalesce(max(fund_key), 0) from dw.dim_fund)
    + row_number() over (order by p.programme, p.project_code, s.source),
    p.programme, p.project, p.sub_project, p.project_code, s.source,
    p.name_vi, p.name_en, s.name_vi, s.name_en
from seed_project as p
cross join seed_source as s
where not exists (
    select from dw.dim_fund as d
    where (d.programme, d.project_code, d.source) = (p.programme, p.project_code, s.source)
);

analyze dw.dim_district;
analyze dw.dim_province;
analyze dw.dim_indicator;
analyze dw.dim_fund;
analyze ref.unit_event;
analyze ref.unit_link;
