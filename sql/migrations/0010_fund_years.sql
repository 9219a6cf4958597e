-- Funds over several years: `year` is the last of them, `year_from` the first. A row of several
-- years keeps a key of its own, so that it never stands beside one year's execution.
alter table dw.fact_fund add column year_from smallint;
update dw.fact_fund set year_from = year;
alter table dw.fact_fund
    alter column year_from set not null,
    add check (year_from <= year),
    add check (year_from = year or period = 'Y');

alter table dw.agg_fund add column year_from smallint;
update dw.agg_fund set year_from = year;
alter table dw.agg_fund
    drop constraint agg_fund_pkey,
    add primary key (level, unit_key, year_from, year, period, fund_key);
