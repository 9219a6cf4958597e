-- makes dw.star_verdict
-- reads stale_map_unit, ref.map_date, dw.dim_unit, dw.star_period, dw.star_year, raw.filing
-- one row per target of a stale unit that rests on a filing which calls its figures invented: it says so
-- why whoever counts verdicts sees which of them mean nothing: by the target itself, by what was reached
--   or the opening figure, or, of a sum, by any figure of the year
update dw.star_verdict as v
set is_illustrative = true
from stale_map_unit as s
inner join dw.dim_unit as u on u.level = s.level and u.unit_key = s.unit_key and not u.is_rest
where
    s.unit_map = (select unit_map from ref.map_date order by map_on desc limit 1)
    and v.unit_id = u.unit_id
    and (
        exists (
            select from raw.filing as f where f.filing_id = v.filing_id and f.illustrative_note <> ''
        )
        or exists (
            select from dw.star_period as p
            where
                (p.indicator_key, p.level, p.year, p.unit_id)
                = (v.indicator_key, v.level, v.year, v.unit_id)
                and p.period in (v.period, 'OPEN') and p.is_illustrative
        )
        or v.filing_id is null and exists (
            select from dw.star_year as y
            where
                (y.indicator_key, y.level, y.year, y.unit_id)
                = (v.indicator_key, v.level, v.year, v.unit_id)
                and y.is_illustrative
        )
    )
