-- grain: one row per filing of this batch that was recognised when it was read before and is not
-- any more: it keeps its place among the versions of its form, and no form's rules judge it
update raw.filing as f
set form_version = null
where
    f.filing_id = any(:filings) and f.form_version is not null
    and not exists (select from recognised as r where r.filing_id = f.filing_id)
