-- makes stg.judged_target
-- reads dw.agg_attainment, dw.agg_target, raw.filing
-- one row per target and period judged, as filed
-- why target_id names the filing: what a new version of a document asks of an indicator at the same
--   place is, by `asked`, the target that the version before it asked. A document that amends
--   another one does not take its place: both are judged
create view stg.judged_target as
select
    a.level, a.unit_key, a.target_id, a.year, a.period, a.verdict,
    case when f.filing_id is null then a.target_id else format(
        '%s|%s|%s|%s|%s|%s|%s|%s|%s|%s', f.form, f.filer_code, f.year, f.last_year, f.period,
        t.document, t.in_force_from, t.indicator_key, t.sheet, t.cell
    ) end as asked
from dw.agg_attainment as a
left join dw.agg_target as t using (unit_map, level, unit_key, target_id)
left join raw.filing as f using (filing_id)
where a.unit_map = 'as_filed';
