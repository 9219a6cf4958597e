-- A figure may be written in another unit of measure than the form's ("tỷ đồng" in a row of a table in
-- million VND): its value is converted, and the words for its own unit stay beside the text as filed.
alter table stg.figure add column unit_as_filed text;
alter table dw.fact_indicator add column unit_as_filed text; -- null: that of the form
alter table dw.fact_target add column unit_as_filed text;
alter table dw.fact_fund add column unit_as_filed text;
