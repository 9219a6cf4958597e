-- makes target_coverage
-- reads target_reported, target_to_date, stated_target
-- one row per target of a stale map unit and reported period: on how many communes its figure
--   rests, and whether some are missing or too many
-- why a sum of registrations is compared with the communes that registered; where other units
--   report than registered, all of both must be known
create temporary table target_coverage on commit drop as
select
    r.report_no,
    case when t.units_expected = r.actual_expected
        then least(r.actual_reported, t.units_reported)
        else coalesce(r.actual_reported, t.units_reported)
    end as units_known,
    r.actual_reported < case
        when t.units_expected = r.actual_expected then t.units_reported
        else r.actual_expected
    end or coalesce(d.years_known < d.years_expected, false)
    or d.is_gathered and d.was_partial as is_missing,
    coalesce(case
        when t.units_expected = r.actual_expected then r.actual_reported > t.units_reported
        else t.units_reported < t.units_expected
    end, false) as is_surplus,
    coalesce(t.units_reported < t.units_expected, false) as is_registered_in_part
from target_reported as r
inner join target_to_date as d using (report_no)
inner join stated_target as t using (target_no)
