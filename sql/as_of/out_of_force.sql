-- grain: one row per filing of this batch: as if it were still to be decided
update raw.filing set state = 'received' where filing_id = any(:batch)
