-- grain: one row per filing and agency that its facts in words name: the name as filed, and the code
-- that it was read as. Of a duty only a name that was kept as it was written is known
select distinct f.filing_id, a.agency_code, f.text_as_filed as said
from dw.fact_responsibility as f
inner join dw.dim_agency as a using (agency_key)
inner join raw.current_filing using (filing_id)
union
select distinct f.filing_id, a.agency_code, a.agency_code
from dw.fact_duty as f
inner join dw.dim_agency as a using (agency_key)
inner join raw.current_filing using (filing_id)
where a.agency_code not in (select agency_code from ref.agency)
