-- Which units of a place a statement or an indicator is about: of "số xã" only communes of type
-- xã count, a township beside them is none.
alter table dw.dim_indicator
    add column unit_scope text not null default 'all'
        check (unit_scope in ('all', 'commune', 'township'));

alter table dw.fact_target
    add column unit_scope text not null default 'all'
        check (unit_scope in ('all', 'commune', 'township'));
