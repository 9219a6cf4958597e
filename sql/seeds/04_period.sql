-- Upserts dw.dim_period from the seed_period table that etl.setup.migrate copied, and puts what it
-- says of months into functions (sql/migrations/0025_periods.sql). A period is never taken away.
insert into dw.dim_period
select
    period, kind, first_month::smallint, last_month::smallint, due_share::numeric,
    name_vi, name_en, short_vi, short_en
from seed_period
on conflict (period) do update set
    kind = excluded.kind,
    first_month = excluded.first_month,
    last_month = excluded.last_month,
    due_share = excluded.due_share,
    name_vi = excluded.name_vi,
    name_en = excluded.name_en,
    short_vi = excluded.short_vi,
    short_en = excluded.short_en;

do $$
declare
    made record;
begin
    -- a night may put seeds in place, and may change no function: khoxa db migrate does
    if not has_schema_privilege('ref', 'create') then
        return;
    end if;
    for made in
        select 'first_month' as name, 'integer' as type,
            string_agg(format('when %L then %s', period, first_month), ' ' order by period) as said
        from dw.dim_period where first_month is not null
        union all
        select 'last_month', 'integer',
            string_agg(format('when %L then %s', period, last_month), ' ' order by period)
        from dw.dim_period where last_month is not null
        union all
        select 'since_start', 'text',
            string_agg(format('when %L then %L', p.period, s.period), ' ' order by p.period)
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
