-- grain: one row per two figures of this batch that lie three times nearer to each other's last figures
-- than to their own, by ten and three tenths or more each: those of one other filing that counts, of
-- this year or the one before and by the same standard. What is official goes after the preliminary
with pair as materialized (select * from stg.exchangeable),

known as not materialized (
    select
        f.*, p.one_key, f.indicator_key = p.one_key as is_one, y.poverty_standard as standard,
        case f.period
            when 'OPEN' then make_date(f.year, 1, 2)
            else ref.last_day(f.period, f.year) + (f.measure <> 'preliminary')::integer
        end as known_on
    from dw.fact_indicator as f
    inner join pair as p on f.indicator_key in (p.one_key, p.other_key)
    inner join dw.dim_year as y using (year)
    where f.value is not null
),

now as materialized (
    select
        filing_id, one_key, level, commune_key,
        coalesce(commune_key, district_key, province_key) as unit_key, year, known_on, standard,
        min(sheet) as sheet,
        min(cell) filter (where is_one) as cell, min(cell) filter (where not is_one) as other_cell,
        min(text_as_filed) filter (where is_one) as seen,
        min(text_as_filed) filter (where not is_one) as other_seen,
        min(value) filter (where is_one) as one, min(value) filter (where not is_one) as other
    from known
    where filing_id = any(:batch) and year_offset = 0
    group by
        filing_id, one_key, level, commune_key, district_key, province_key, year, known_on, standard
)

select
    n.filing_id, n.sheet, n.cell, n.seen, p.one_vi, p.one_en, p.other_vi, p.other_en, n.other_cell,
    n.other_seen, e.one as one_before, e.other as other_before, e.file
from now as n
inner join pair as p using (one_key)
cross join lateral (
    select
        g.original_name as file, min(k.value) filter (where k.is_one) as one,
        min(k.value) filter (where not k.is_one) as other
    from known as k
    inner join raw.current_filing as g on g.filing_id = k.filing_id
    where
        k.level = n.level and (k.commune_key = n.commune_key or k.commune_key is null
            and coalesce(k.commune_key, k.district_key, k.province_key) = n.unit_key)
        and k.year in (n.year - 1, n.year) and k.one_key = n.one_key and k.known_on < n.known_on
        and k.standard = n.standard and k.filing_id <> n.filing_id
    group by g.filing_id, g.original_name, g.received_at, k.known_on, k.year_offset
    having count(distinct k.is_one) = 2
    order by k.known_on desc, k.year_offset, g.received_at desc, g.filing_id
    limit 1
) as e
where
    3 * (abs(n.one - e.other) + abs(n.other - e.one)) <= abs(n.one - e.one) + abs(n.other - e.other)
    and abs(n.one - e.one) >= greatest(10, 0.3 * n.one, 0.3 * e.one)
    and abs(n.other - e.other) >= greatest(10, 0.3 * n.other, 0.3 * e.other)
order by n.filing_id, n.sheet, n.cell
