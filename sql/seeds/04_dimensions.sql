-- Upserts the other dimensions from the seed_* tables that etl.setup.migrate copied; keys never change.
insert into dw.dim_year
select year::smallint, plan_period, poverty_standard, coalesce(standard_note, '')
from seed_year
on conflict (year) do update set
    plan_period = excluded.plan_period,
    poverty_standard = excluded.poverty_standard,
    standard_note = excluded.standard_note;

insert into dw.dim_indicator
select
    (select coalesce(max(indicator_key), 0) from dw.dim_indicator)
    + row_number() over (order by s.indicator_code),
    s.indicator_code, s.name_vi, s.name_en, s.unit, s.kind, s.numerator_code,
    s.denominator_code, s.denominator_measure, s.timing, s.direction, s.decimals::smallint,
    s.definition_vi, s.definition_en, s.jump_pct::numeric, s.population,
    s.by_standard is not distinct from 'yes', s.fall_of, s.each_unit_of,
    coalesce(s.unit_scope, 'all')
from seed_indicator as s
where not exists (select from dw.dim_indicator as d where d.indicator_code = s.indicator_code);

update dw.dim_indicator as d
set
    name_vi = s.name_vi, name_en = s.name_en, unit = s.unit, kind = s.kind,
    numerator_code = s.numerator_code, denominator_code = s.denominator_code,
    denominator_measure = s.denominator_measure, timing = s.timing, direction = s.direction,
    decimals = s.decimals::smallint, definition_vi = s.definition_vi,
    definition_en = s.definition_en, jump_pct = s.jump_pct::numeric, population = s.population,
    by_standard = s.by_standard is not distinct from 'yes', fall_of = s.fall_of,
    each_unit_of = s.each_unit_of, unit_scope = coalesce(s.unit_scope, 'all')
from seed_indicator as s
where s.indicator_code = d.indicator_code;

update dw.dim_indicator as d
set project_code = p.project_code
from dw.dim_indicator as i
left join seed_indicator_project as p using (indicator_code)
where
    i.indicator_key = d.indicator_key and d.project_code is distinct from p.project_code;

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
