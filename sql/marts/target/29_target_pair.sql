-- makes target_pair
-- reads target_why_not, target_reported, stated_target
-- one row per target of a stale map unit and reported period: its verdict, and that of the
--   statement that says the same in another way
-- why a cut is printed in households and in points, and both verdicts should agree: where one
--   cannot stand on a part of the communes, the other cannot on the same part
create temporary table target_pair on commit drop as
with stated as (
    select
        v.report_no, t.target_id, t.paired_with, v.verdict, v.why_not, r.actual_reported,
        r.actual_expected,
        concat_ws('|', t.unit_map, t.level, t.unit_key, r.actual_year, r.actual_period, case
            when t.paired_with is null then t.target_id
            else concat_ws(
                '|', t.filing_id, least(t.statement_no, t.paired_with),
                greatest(t.statement_no, t.paired_with)
            )
        end) as pair_id
    from target_why_not as v
    inner join target_reported as r using (report_no)
    inner join stated_target as t using (target_no)
),

agreed as (
    select
        report_no, target_id, paired_with, verdict, pair_id,
        coalesce(why_not, max(why_not) filter (where why_not = 'partial_coverage') over (
            partition by pair_id, actual_reported, actual_expected
        )) as why_not
    from stated
),

given as (
    select
        report_no, target_id, paired_with, pair_id, why_not,
        case when why_not is null then verdict else 'not_assessable' end as verdict
    from agreed
)

select
    report_no, verdict, why_not,
    case when paired_with is not null
        then coalesce(lag(verdict) over pair, lead(verdict) over pair)
    end as paired_verdict
from given
window pair as (partition by pair_id order by target_id)
