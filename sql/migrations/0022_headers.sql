-- Headers that forms do not know, asked of the province (`khoxa headers`): kept with their finding.
alter table ops.finding add column about jsonb;
create index finding_about on ops.finding (filing_id) where about is not null;
