-- By which poverty standard a plan wants its target judged, and which filings call their figures
-- invented ("số liệu minh hoạ"): both are shown beside what they are about.
alter table dw.fact_target add column named_standard text not null default '';
alter table dw.agg_target add column named_standard text not null default '';
alter table raw.filing add column illustrative_note text not null default '';

-- what districts and provinces filed of themselves, found by the unit
create index fact_indicator_own on dw.fact_indicator (
    level, coalesce(commune_key, district_key, province_key)
) where commune_key is null;
create index fact_fund_own on dw.fact_fund (
    level, coalesce(commune_key, district_key, province_key)
) where commune_key is null;
