-- Puts what dw.dim_period says of months into functions (sql/migrations/0025_periods.sql): by
-- etl.setup.migrate, for the loader, which puts changed seeds in place, may define none.
-- Short codes (Y, H1), which most figures are of, are compared first.
do $$
declare
    made record;
begin
    for made in
        select 'first_month' as name, 'integer' as type,
            string_agg(format('when %L then %s', period, first_month), ' ' order by length(period), period) as said
        from dw.dim_period where first_month is not null
        union all
        select 'last_month', 'integer',
            string_agg(format('when %L then %s', period, last_month), ' ' order by length(period), period)
        from dw.dim_period where last_month is not null
        union all
        select 'since_start', 'text',
            string_agg(format('when %L then %L', p.period, s.period), ' ' order by length(p.period), p.period)
            || ' else period'
        from dw.dim_period as p
        inner join dw.dim_period as s on s.first_month = 1 and s.last_month = p.last_month
    loop
        execute format(
            'create or replace function ref.%I(period text) returns %s immutable parallel safe'
            ' language sql return case period %s end', made.name, made.type, made.said
        );
    end loop;
end
$$;
