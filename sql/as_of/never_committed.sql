-- A unique key that is checked at the commit, and broken: PostgreSQL rolls the transaction back.
create temporary table never_committed (
    n integer unique deferrable initially deferred
) on commit drop;
insert into never_committed values (1), (1);
