-- grain: one row per filing of the year, or a unit, form and period that is due and has none in
-- force
select
    form, period, level, unit_code, unit_name, due_on,
    ref.local_time(received_at) as received_at,
    days_late, version, state, warnings, original_name,
    count(*) filter (where state = 'accepted') over () as accepted,
    count(*) filter (where state = 'missing') over () as missing
from mart.filing_status
where coalesce(year, extract(year from ref.local_time(received_at))) = :year
order by form nulls last, period, level, sort_key, unit_code, version, received_at, filing_id
