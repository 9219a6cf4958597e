-- One rule for which units a target or an indicator is about, shares of units counted by the
-- register, and what a target's scope means for its figures.

-- whether a unit is one of those that a statement is about
create function ref.in_scope(unit_scope text, unit_type text) returns boolean
immutable parallel safe language sql
return unit_scope = 'all' or unit_type = case unit_scope
    when 'commune' then 'xã' when 'township' then 'thị trấn' when 'ward' then 'phường'
end;

alter table dw.dim_indicator
    drop constraint dim_indicator_unit_scope_check,
    add check (unit_scope in ('all', 'commune', 'township', 'ward')),
    drop constraint dim_indicator_denominator_measure_check,
    add check (denominator_measure in ('same', 'opening', 'register'));

alter table dw.fact_target
    drop constraint fact_target_unit_scope_check,
    add check (unit_scope in ('all', 'commune', 'township', 'ward'));

alter table dw.agg_target add column unit_scope text not null default 'all';
alter table dw.agg_target alter column unit_scope drop default;
