-- makes target_pair
-- reads target_why_not, target_reported, stated_target
-- one row per target of a stale map unit and reported period: its verdict, and that of the
--   statement that says the same in another way
-- why a cut is printed in households and in points, and both verdicts should agree
create temporary table target_pair on commit drop as
with verdict as (
    select
        v.report_no, t.unit_map, t.level, t.unit_key, t.target_id, t.paired_with, r.actual_year,
        r.actual_period, v.why_not,
        case when v.why_not is null then v.verdict else 'not_assessable' end as verdict,
        case
            when t.paired_with is null then t.target_id
            else concat_ws(
                '|', t.filing_id, least(t.statement_no, t.paired_with),
                greatest(t.statement_no, t.paired_with)
            )
        end as pair_id
    from target_why_not as v
    inner join target_reported as r using (report_no, target_no)
    inner join stated_target as t using (target_no)
)

select
    report_no, verdict, why_not,
    case when paired_with is not null
        then coalesce(lag(verdict) over pair, lead(verdict) over pair)
    end as paired_verdict
from verdict
window pair as (
    partition by unit_map, level, unit_key, pair_id, actual_year, actual_period
    order by target_id
)
