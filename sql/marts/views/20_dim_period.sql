-- makes mart.dim_period
-- reads dw.dim_year, dw.dim_period
-- one row per year and period of it
-- why facts lead by period_key to the days and words of a period; time filters want a date
create view mart.dim_period as
select
    y.year || '-' || p.period as period_key, y.year, p.period, p.kind as period_kind,
    p.name_vi || ' ' || y.year as period_vi, p.name_en || ' ' || y.year as period_en,
    make_date(y.year, coalesce(p.first_month, 1), 1) as starts_on,
    ref.figure_day(case p.kind when 'opening' then 'baseline' else 'actual' end, p.period, y.year)
    as ends_on,
    p.due_share, y.plan_period, y.poverty_standard
from dw.dim_year as y
cross join dw.dim_period as p;
