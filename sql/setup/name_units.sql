-- grain: one row per unit that is named to a role now
insert into ref.reader_scope
select
    :role,
    unnest(cast(:units as text []))
on conflict do nothing
