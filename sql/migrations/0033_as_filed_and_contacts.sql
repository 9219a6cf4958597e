-- A figure may be written in another unit of measure than the form's ("tỷ đồng" in a row of a table in
-- million VND): its value is converted, and the words for its own unit stay beside the text as filed.
alter table stg.figure add column unit_as_filed text;
alter table dw.fact_indicator add column unit_as_filed text; -- null: that of the form
alter table dw.fact_target add column unit_as_filed text;
alter table dw.fact_fund add column unit_as_filed text;

-- Where an office of a unit is reached; offices only, no persons. The code is that of the unit as it
-- is now; `agency_code`: of which agency of the unit the office is, null: who answers for its filings.
create table ref.contact (
    unit_code    text not null,
    office       text not null,
    agency_code  text,
    office_phone text,
    office_email text,
    primary key (unit_code, office)
);
