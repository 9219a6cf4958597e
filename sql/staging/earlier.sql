-- grain: one row per staged figure of a unit and an earlier one that it stands beside (role):
-- closing      an opening figure: the end of the year before
-- reviewed     an opening figure by the poverty line: what was counted for it at the end of the year
--              before (a form of that year has it)
-- former_standard  one of a year with another poverty line than the year before, if nothing was counted
--              for it: the end of the year before, which it must not repeat
-- year_before  an actual: the same period of the year before
-- preliminary  an actual: the preliminary one of the same period
-- held         an actual of another year than the filing's: what is held of that year
-- this_year    a count since 1 January: the highest of an earlier period of the same year
-- What is counted by the poverty line is not compared across two poverty standards.
with roles as (
    select
        r.*, y.year, e.year as earlier_year,
        (e.poverty_standard = y.poverty_standard) = (r.role <> 'former_standard') as is_same_line
    from (
        values
        ('closing', 'baseline', 'OPEN', 'actual', 'Y', 1),
        ('reviewed', 'baseline', 'OPEN', 'baseline', 'OPEN', 0),
        ('former_standard', 'baseline', 'OPEN', 'actual', 'Y', 1),
        ('year_before', 'actual', null, 'actual', null, 1),
        ('preliminary', 'actual', null, 'preliminary', null, 0),
        ('this_year', 'actual', null, 'actual', null, 0),
        ('held', 'actual', null, 'actual', null, 0)
    ) as r (role, measure, period, earlier_measure, earlier_period, years_back)
    cross join dw.dim_year as y
    inner join dw.dim_year as e on e.year = y.year - r.years_back
)

select distinct on (a.filing_id, a.slot_id, a.row_no, r.role)
    a.filing_id, a.slot_id, a.row_no, r.role, k.value, a.jump_pct,
    case r.role
        when 'this_year' then concat_ws(' › ', k.original_name, k.place) else k.original_name
    end as source
from asked as a
inner join roles as r
    on r.year = a.year and r.measure = a.measure and coalesce(r.period, a.period) = a.period
    and (r.is_same_line or not a.by_standard)
inner join known as k
    on k.level = a.level and k.unit_key = a.unit_key and k.indicator_key = a.indicator_key
    and k.year = r.earlier_year and k.measure = r.earlier_measure
    and case r.role
        when 'reviewed' then a.by_standard and not a.is_of_other_year
        when 'former_standard'
            then a.by_standard and not a.is_of_other_year and k.period = 'Y' and k.value <> 0
            and not exists (
                select from known as o
                where
                    (o.level, o.unit_key, o.indicator_key, o.year, o.measure)
                    = (a.level, a.unit_key, a.indicator_key, a.year, 'baseline')
            )
        when 'this_year'
            then a.is_since_january
            and ref.last_day(k.period, k.year) < ref.last_day(a.period, a.year)
        when 'held' then a.is_of_other_year and k.period = a.period
        else k.period = coalesce(r.earlier_period, a.period)
    end
where k.filing_id is distinct from a.filing_id
order by a.filing_id, a.slot_id, a.row_no, r.role, k.value desc
