-- grain: one row per accepted filing of this batch that was received at the very time of another version
-- of its unit, form, years and period: the others' files, and that of the one which counts
select
    f.filing_id, string_agg(distinct o.original_name, '”, “') as others,
    min(u.original_name) as used
from raw.filing as f
inner join raw.filing as o using (form, filer_code, year, last_year, period, received_at)
inner join raw.filing as u on u.filing_id = coalesce(f.superseded_by, f.filing_id)
where
    f.filing_id = any(:batch) and o.filing_id <> f.filing_id
    and f.state = 'accepted' and o.state = 'accepted' and u.received_at = f.received_at
group by f.filing_id
order by f.filing_id
