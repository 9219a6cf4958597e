-- Which filings were accepted since the last aggregates: where these do not hold, one of them is
-- why, and is set aside.
create table stg.loaded (filing_id bigint primary key);
