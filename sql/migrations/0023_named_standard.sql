-- By which poverty standard a plan wants its target judged, and which filings call their figures
-- invented ("số liệu minh hoạ"): both are shown beside what they are about.
alter table dw.fact_target add column named_standard text not null default '';
alter table dw.agg_target add column named_standard text not null default '';
alter table raw.filing add column illustrative_note text not null default '';

-- a unit's name where units of before and after a change stand in one list
create function ref.dated_name(
    unit_name text, valid_from date, valid_to date, of_year integer, is_shared boolean
) returns text
immutable parallel safe language sql
return unit_name || case
    when valid_from > make_date(of_year, 1, 1) and valid_from <= make_date(of_year, 12, 31)
        then ' (từ ' || to_char(valid_from, 'DD/MM/YYYY') || ')'
    when is_shared and valid_to <= make_date(of_year, 12, 31)
        then ' (đến ' || to_char(valid_to - 1, 'DD/MM/YYYY') || ')'
    else ''
end;

-- what districts and provinces filed of themselves, found by the unit
create index fact_indicator_own on dw.fact_indicator (
    level, coalesce(commune_key, district_key, province_key)
) where commune_key is null;
create index fact_fund_own on dw.fact_fund (
    level, coalesce(commune_key, district_key, province_key)
) where commune_key is null;
