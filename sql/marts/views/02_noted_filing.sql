-- makes stg.noted_filing
-- reads raw.current_filing, raw.filing
-- one row per filing that counts, whether it calls its figures invented, and what it excepts
-- why a filing may except what was reached by the indicator's name: "số liệu minh hoạ, trừ số hộ
--   nghèo"
create view stg.noted_filing as
select
    filing_id, g.filer_level, g.illustrative_note <> '' as is_noted,
    coalesce(lower(substring(g.illustrative_note from ' trừ .*')), '') as excepted
from raw.current_filing
inner join raw.filing as g using (filing_id);
