-- Money raised from people and businesses (mobilised) beside what is allocated and disbursed; and
-- what an amount is for: capital (vốn đầu tư) or recurrent (vốn sự nghiệp), empty where it is not
-- split. A sum over both and the amounts that are not split is the amount of a line.
alter table dw.fact_fund
    drop constraint fact_fund_stage_check,
    add check (stage in ('need', 'plan', 'allocated', 'disbursed', 'mobilised'));
alter table dw.agg_fund add column mobilised_million_vnd numeric;

alter table dw.dim_fund
    drop constraint dim_fund_programme_code_project_code_source_key,
    add column nature text check (nature in ('capital', 'recurrent')),
    add column line_key smallint, -- of the same line, not split
    add unique nulls not distinct (programme_code, project_code, source, nature);

alter table stg.slot add column nature text;
