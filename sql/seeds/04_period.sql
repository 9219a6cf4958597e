-- Upserts dw.dim_period from the seed_period table. A period is never taken away.
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

-- a period of a year is looked for among few
analyze dw.dim_period;
