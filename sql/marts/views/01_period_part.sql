-- makes stg.period_part
-- reads dw.dim_period
-- one row per period and kind of shorter ones (months, quarters, halves) that make it up: which they
--   are, and the last of them
-- why what is counted in each period alone adds up to the whole one, where all of them are there
create view stg.period_part as
select
    w.period, p.kind as part_kind,
    array_agg(p.period order by p.first_month) as parts,
    (array_agg(p.period order by p.first_month desc))[1] as last_part
from dw.dim_period as w
inner join dw.dim_period as p
    on p.kind in ('month', 'quarter', 'half')
    and p.first_month >= w.first_month and p.last_month <= w.last_month
    and (p.first_month, p.last_month) <> (w.first_month, w.last_month)
group by w.period, w.first_month, w.last_month, p.kind
having sum(p.last_month - p.first_month + 1) = w.last_month - w.first_month + 1;
