-- grain: one row, the name of the file of a filing
select original_name from raw.filing where filing_id = :filing
