-- makes target_pair
-- reads target_why_not, target_figure, judged_target, stated_target
-- one row per target of a stale map unit and reported period: its verdict, and that of the
--   statement that says the same in another way
-- why a cut is printed in households and in points, and both verdicts should agree: where one
--   cannot stand on a part of the communes, the other cannot on the same part. Most stand alone
create temporary table target_pair on commit drop as
with stated as (
    select
        v.report_no, t.target_id, v.verdict, v.why_not, f.actual_reported, f.actual_expected,
        concat_ws(
            '|', t.place_no, f.actual_year, f.actual_period, t.filing_id,
            least(t.statement_no, t.paired_with), greatest(t.statement_no, t.paired_with)
        ) as pair_id
    from target_why_not as v
    inner join target_figure as f using (report_no)
    inner join stated_target as t on t.target_no = v.target_no
    where t.paired_with is not null
),

agreed as (
    select
        report_no, target_id, verdict, pair_id,
        coalesce(why_not, max(why_not) filter (where why_not = 'partial_coverage') over (
            partition by pair_id, actual_reported, actual_expected
        )) as why_not
    from stated
),

given as (
    select
        report_no, target_id, pair_id, why_not,
        case when why_not is null then verdict else 'not_assessable' end as verdict
    from agreed
)

select
    report_no, verdict, why_not,
    coalesce(lag(verdict) over pair, lead(verdict) over pair) as paired_verdict
from given
window pair as (partition by pair_id order by target_id)
union all
select
    v.report_no, case when v.why_not is null then v.verdict else 'not_assessable' end, v.why_not, null
from target_why_not as v
inner join judged_target as t using (target_no)
where t.paired_with is null
