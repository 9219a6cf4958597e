-- makes stg.summed_indicator
-- reads dw.fact_target, raw.current_filing
-- one row per indicator that communes were assigned by a superior, or registered, and which of both
-- why sums are shown of what somebody stated, not of what follows from it
create view stg.summed_indicator as
select distinct f.indicator_key, f.basis as measure
from dw.fact_target as f
inner join raw.current_filing as g using (filing_id)
where f.level = 'commune' and (f.basis = 'registered' or g.filer_level <> f.level);
