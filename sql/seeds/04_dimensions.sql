-- Upserts the other dimensions from the seed_* tables that etl.setup.migrate copied; keys never change.
insert into dw.dim_year
select year::smallint, plan_period, poverty_standard, coalesce(standard_note, '')
from seed_year
on conflict (year) do update set
    plan_period = excluded.plan_period,
    poverty_standard = excluded.poverty_standard,
    standard_note = excluded.standard_note;

insert into dw.dim_programme
select
    programme_code, name_vi, name_en, topic_vi, topic_en, assigned_vi, assigned_en,
    year_from::smallint, year_to::smallint, legal_basis, listed_by
from seed_programme
on conflict (programme_code) do update set
    name_vi = excluded.name_vi, name_en = excluded.name_en, topic_vi = excluded.topic_vi,
    topic_en = excluded.topic_en, assigned_vi = excluded.assigned_vi,
    assigned_en = excluded.assigned_en, year_from = excluded.year_from,
    year_to = excluded.year_to, legal_basis = excluded.legal_basis,
    listed_by = excluded.listed_by;

-- what a merger does to an indicator whose row does not say
create temporary table merger_of on commit drop as
select
    indicator_code,
    case
        when kind = 'rate' and weighted_by is not null then 'weighted_mean'
        when merger in ('add', 'none') and kind <> 'rate' then merger
        when kind = 'count' then 'add'
        when numerator_code is null then 'none'
        else 'parts'
    end as merger
from seed_indicator;

insert into dw.dim_indicator (
    indicator_key, indicator_code, name_vi, name_en, unit_of_measure, kind, numerator_code,
    denominator_code, denominator_measure, timing, direction, decimals, definition_vi,
    definition_en, jump_pct, population, by_standard, fall_of, each_unit_of, unit_scope, merger,
    weighted_by, programme_code
)
select
    (select coalesce(max(indicator_key), 0) from dw.dim_indicator)
    + row_number() over (order by s.indicator_code),
    s.indicator_code, s.name_vi, s.name_en, s.unit_of_measure, s.kind, s.numerator_code,
    s.denominator_code, s.denominator_measure, s.timing, s.direction, s.decimals::smallint,
    s.definition_vi, s.definition_en, s.jump_pct::numeric, s.population,
    s.by_standard is not distinct from 'yes', s.fall_of, s.each_unit_of,
    coalesce(s.unit_scope, 'all'), m.merger,
    case m.merger when 'weighted_mean' then s.weighted_by end, s.programme_code
from seed_indicator as s
inner join merger_of as m using (indicator_code)
where not exists (select from dw.dim_indicator as d where d.indicator_code = s.indicator_code);

update dw.dim_indicator as d
set
    name_vi = s.name_vi, name_en = s.name_en, unit_of_measure = s.unit_of_measure, kind = s.kind,
    numerator_code = s.numerator_code, denominator_code = s.denominator_code,
    denominator_measure = s.denominator_measure, timing = s.timing, direction = s.direction,
    decimals = s.decimals::smallint, definition_vi = s.definition_vi,
    definition_en = s.definition_en, jump_pct = s.jump_pct::numeric, population = s.population,
    by_standard = s.by_standard is not distinct from 'yes', fall_of = s.fall_of,
    each_unit_of = s.each_unit_of, unit_scope = coalesce(s.unit_scope, 'all'),
    merger = m.merger,
    weighted_by = case m.merger when 'weighted_mean' then s.weighted_by end,
    programme_code = s.programme_code
from seed_indicator as s
inner join merger_of as m using (indicator_code)
where s.indicator_code = d.indicator_code;

update dw.dim_indicator as d
set project_code = p.project_code
from dw.dim_indicator as i
left join seed_indicator_project as p using (indicator_code)
where
    i.indicator_key = d.indicator_key and d.project_code is distinct from p.project_code;

analyze dw.dim_indicator;
analyze dw.dim_year;
analyze dw.dim_programme;
