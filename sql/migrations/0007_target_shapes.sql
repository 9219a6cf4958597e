-- Targets of every shape that the plans state: kind of figure, years, population, what they are
-- part of. A filing may be about several years.
alter table raw.filing add column last_year smallint check (last_year >= year);
update raw.filing set last_year = year;

alter table dw.dim_indicator add column population text;

alter table dw.fact_target
    add column quantity text check (
        quantity in (
            'level', 'change', 'count', 'coverage', 'share_of_units', 'n_of_m',
            'per_unit_minimum', 'per_unit_average', 'share_of_flow', 'text_only'
        )
    ),
    add column period_type text not null default 'year' check (
        period_type in (
            'year', 'annual_rate', 'annual_average', 'by_end_of', 'standing', 'cumulative',
            'each_year', 'unstated'
        )
    ),
    add column year_from smallint,
    add column year_to smallint,
    add column sub_population text not null default '',
    add column measured_against text not null default '',
    add column is_aspirational boolean not null default false,
    add column total_value numeric,
    add column statement_no text not null default '',
    add column component_of text,
    add column paired_with text,
    add column document text not null default '';

-- what was loaded before is of one year; the same reading as in sql/warehouse/fact_target.sql
update dw.fact_target as f
set
    year_from = f.year,
    year_to = f.year,
    quantity = case
        when i.flow = 'stock' and (i.kind = 'count' or i.direction = 'down') then 'level'
        when i.unit = 'pp' or i.indicator_code ~ '_reduction' then 'change'
        when i.kind = 'rate' then 'coverage'
        else 'count'
    end
from dw.dim_indicator as i
where i.indicator_key = f.indicator_key;

alter table dw.fact_target
    alter column quantity set not null,
    alter column year_from set not null,
    alter column year_to set not null,
    add check (year_from <= year_to and year_to = year),
    add check ((operator = 'none') = (quantity = 'text_only')),
    add check (operator <> 'none' or target_value is null),
    add check (total_value is null or quantity = 'n_of_m'),
    drop constraint fact_target_operator_check,
    add constraint fact_target_operator_check check (
        operator in ('=', '>=', '>', '<=', '<', '~', 'between', 'none')
    );
