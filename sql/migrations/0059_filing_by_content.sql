-- A file's filings, all parts of it, are found by its content: a night of one file read the register
-- whole for each question about it.
create index filing_content on raw.filing (content_sha256);
