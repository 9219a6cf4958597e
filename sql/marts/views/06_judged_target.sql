-- makes stg.judged_target
-- reads dw.agg_attainment, raw.filing
-- one row per target and period judged, as filed
-- why target_id names the filing: what a new version of a document asks at the same place is, by
--   `asked`, the target that the version before it asked
create view stg.judged_target as
select
    a.level, a.unit_key, a.target_id, a.year, a.period, a.verdict,
    coalesce(
        f.form || '|' || f.filer_code || '|' || f.year || '|' || f.period
        || substr(a.target_id, strpos(a.target_id, '|')), a.target_id
    ) as asked
from dw.agg_attainment as a
left join raw.filing as f on f.filing_id::text = split_part(a.target_id, '|', 1)
where a.unit_map = 'as_filed';
