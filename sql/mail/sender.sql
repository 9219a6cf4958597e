-- grain: one row: what an address may file for, how much was taken from it on a day, and how much of
-- anybody's lies in quarantine
select
    ref.sender_units(:address) as unit_codes,
    (select coalesce(sum(size_bytes), 0)::bigint from ops.message
     where from_address = :address and collected_on = :day and state = 'taken') as taken_bytes,
    (select coalesce(sum(size_bytes), 0)::bigint from ops.message
     where state = 'quarantined') as quarantined_bytes
