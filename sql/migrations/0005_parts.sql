-- A workbook may hold several forms: each is a filing of its own. Preliminary review results.
alter table raw.filing add column part smallint not null default 1;
alter table raw.filing drop constraint filing_content_sha256_key;
alter table raw.filing add unique (content_sha256, part);

alter table dw.fact_indicator drop constraint fact_indicator_measure_check;
alter table dw.fact_indicator add check (
    measure in ('baseline', 'target', 'actual', 'preliminary')
);
